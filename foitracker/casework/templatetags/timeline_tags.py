"""The timeline of a case, from the entries of its trail."""

from django import template

from foitracker.casework.timeline import timeline_events

register = template.Library()
register.filter("timeline_events", timeline_events)
