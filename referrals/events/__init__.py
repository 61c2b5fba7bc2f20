"""The recorded events of referrals: each with its title, its facts and the sentences they make."""
