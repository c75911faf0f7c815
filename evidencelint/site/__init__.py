"""The report as a site: drafts as rendered, every claim beside its fact; each page stands alone and asks no network."""

from evidencelint.site.pages import build
from evidencelint.site.survey import Surveyed
from evidencelint.site.writing import write_site

__all__ = ["Surveyed", "build", "write_site"]
