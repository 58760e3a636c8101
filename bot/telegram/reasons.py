"""Why something could not be added, in the administrator's language: the loaders give their reasons in English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prompts import message

if TYPE_CHECKING:
    from index.types import AskerLanguage

_KEYS = (
    (r"no such page|the page was removed", "tg_reason_absent"),
    (r"the site (?:wants a login|refuses access)", "tg_reason_forbidden"),
    (r"the site is asked too often", "tg_reason_site_busy"),
    (r"no answer within", "tg_reason_late"),
    (r"no such host|the site cannot be reached|the connection broke off|no safe connection", "tg_reason_unreached"),
    (r"not a valid address|only http and https addresses|an address with a user name", "tg_reason_address"),
    (r"the address leads into a private network", "tg_reason_private"),
    (r"(?:line \d+ is )?over the size limit", "tg_reason_too_long"),
    (r"not a supported kind|not a page but|binary|undecodable", "tg_reason_kind"),
    (r"no text|empty|no `text` field", "tg_reason_no_text"),
)
"""What the loaders' reasons begin with; what follows may be a site's own words."""


def reason_text(reason: str, language: AskerLanguage) -> str:
    """A loader's reason as people of the language are told it; one that is seldom seen stays as it is."""
    for begins, key in _KEYS:
        if re.match(begins, reason):
            return message(key, language)
    return message("tg_reason_other", language, reason=reason)
