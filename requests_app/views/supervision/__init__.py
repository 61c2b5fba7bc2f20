"""The pages of those who oversee the team: reviews, dip samples, recovery plans, triage sheets."""
