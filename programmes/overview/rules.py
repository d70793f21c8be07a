"""Who sees the pages that read many apps."""

import rules

from programmes.accounts import rules as account_rules
from programmes.partnerships import rules as partnership_rules

rules.add_perm("overview.erase_people", account_rules.is_administrator)
rules.add_perm("overview.view_board", partnership_rules.sees_programme)
rules.add_perm("overview.view_partnership", partnership_rules.sees_partnership)
rules.add_perm("overview.compare", partnership_rules.coordinates)
