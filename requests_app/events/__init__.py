"""The recorded events of requests, by stage: each with its title, its facts and the sentences they make."""
