"""Team today: how the requests and referrals of the team stand at this moment, counted at each look."""
