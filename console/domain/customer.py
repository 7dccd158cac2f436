"""The customer of a case, as operators speak of them."""

from __future__ import annotations

from console.domain.case import Case


def customer_of(case: Case) -> str:
    """Employer, name and form of address; the number where nobody has written down more."""
    values = case.attributes
    name, honorific = values.get("contact_name") or "", values.get("honorific") or ""
    if name and honorific.startswith(name):
        name = honorific  # the form of address is surname and title (000 III.1.4.7)
    elif not name.endswith(honorific):
        name += honorific
    shown = " ".join(part for part in (values.get("employer"), name) if part)
    return shown or str(values["number"])
