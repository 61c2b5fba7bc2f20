"""The page on what requests cost: hours at the rates of grades, by year and area, never by officer."""
