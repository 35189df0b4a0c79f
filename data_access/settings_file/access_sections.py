"""The keys of the settings' file about who may look: each key's type and range."""

from typing import Annotated

from annotated_types import Ge, Le

from data_access.access_settings import (
    METHODS,
    ROLE_FIGURES,
    ROLE_UNITS,
    AccessStore,
    NetworkOfAdults,
    SessionLimits,
    SignIn,
)
from data_access.settings_file.kinds import Day, OneOf, Section, Text
from data_access.viewer import Act

ACTS = tuple(act.value for act in Act)


class SignInSection(Section):
    method: Annotated[str, OneOf(METHODS)] = SignIn.method
    address: Text | None = None
    issuer: Text | None = None
    client_id: Text | None = None
    roles_claim: Text = SignIn.roles_claim
    groups_claim: Text = SignIn.groups_claim
    number_claim: Text | None = None
    proxy_header: Text | None = None
    proxy_keys: Text | None = None
    proxy_secret_header: Text | None = None


class SessionsSection(Section):
    idle_minutes: Annotated[int, Ge(1), Le(480)] = SessionLimits.idle_minutes
    hours: Annotated[int, Ge(1), Le(24)] = SessionLimits.hours
    meeting_hours: Annotated[int, Ge(1), Le(12)] = SessionLimits.meeting_hours


class AccessStoreSection(Section):
    url: Text = AccessStore.url
    heads: Text | None = None


class RoleSection(Section):
    name: Text
    claim: Text
    units: Annotated[str, OneOf(ROLE_UNITS)]
    figures: Annotated[str, OneOf(ROLE_FIGURES)]
    names: bool
    restricted: bool
    acts: list[Annotated[str, OneOf(ACTS)]] = []
    own_children: bool = False
    staff: bool = False
    first_page: Text = "month"


class NetworkSection(Section):
    dpia_on: Day | None = None
    speak_to: Text = NetworkOfAdults.speak_to


class ViewerSection(Section):
    name: Text
    units: list[Text]
    may_see_names: bool
    may_see_restricted: bool
    staff_of: list[Text] = []
