"""Rows for tests: small, valid, with no more than a test asks for."""

import factory
from django.utils import timezone

from programmes.accounts.models import Person, User
from programmes.overview.tools import TOOLS
from programmes.participants.enums import OrganisationKind
from programmes.participants.models import Organisation
from programmes.partnerships.design import default_design
from programmes.partnerships.enums import TEAM_OF, EnrolmentRole, Role
from programmes.partnerships.models import (
    Backing,
    Enrolment,
    Participation,
    Partnership,
    Programme,
    Stage,
    SupportGroup,
    SupportGroupMember,
    Team,
    TeamMember,
    Theme,
)

PASSWORD = "a long enough password"


class UserFactory(factory.django.DjangoModelFactory):
    """An account that signs in with PASSWORD."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Person {n}")
    email = factory.Sequence(lambda n: f"person{n}@example.org")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return model_class.objects.create_user(kwargs.pop("email"), kwargs.pop("password", PASSWORD), **kwargs)


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    kind = OrganisationKind.CITY
    name = factory.Sequence(lambda n: f"City {n}")
    country = "LV"


class AssociationFactory(OrganisationFactory):
    kind = OrganisationKind.ASSOCIATION
    name = factory.Sequence(lambda n: f"Association {n}")


class NetworkFactory(OrganisationFactory):
    kind = OrganisationKind.NETWORK
    name = factory.Sequence(lambda n: f"Network {n}")
    country = "BE"


class FacilitatorOrganisationFactory(OrganisationFactory):
    kind = OrganisationKind.FACILITATOR
    name = factory.Sequence(lambda n: f"Facilitators {n}")


class PersonFactory(factory.django.DjangoModelFactory):
    """A person with an account of the same name and address."""

    class Meta:
        model = Person

    user = factory.SubFactory(UserFactory)
    name = factory.SelfAttribute("user.name")
    email = factory.SelfAttribute("user.email")


class SupportGroupFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SupportGroup


class SeatFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SupportGroupMember

    group = factory.SubFactory(SupportGroupFactory)
    name = factory.Sequence(lambda n: f"Seat {n}")


class ProgrammeFactory(factory.django.DjangoModelFactory):
    """With the stages of the default design and all tools proposed, but nobody in it."""

    class Meta:
        model = Programme
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Programme {n}")
    network = factory.SubFactory(NetworkFactory)
    policy_field = factory.LazyFunction(lambda: {"en": "integration of migrants"})
    languages = factory.LazyFunction(lambda: ["en"])
    tools_proposed = factory.LazyFunction(lambda: [tool.key for tool in TOOLS])

    @factory.post_generation
    def stages(self, create, extracted, **kwargs):
        for order, stage in enumerate(default_design()["stages"], start=1):
            Stage.objects.create(programme=self, key=stage["key"], order=order, title=stage["title"])


class ThemeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Theme

    programme = factory.SubFactory(ProgrammeFactory)
    title = factory.Sequence(lambda n: {"en": f"Theme {n}"})


class EnrolmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Enrolment

    programme = factory.SubFactory(ProgrammeFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = EnrolmentRole.MENTEE
    started_on = factory.LazyFunction(timezone.localdate)


class TeamFactory(factory.django.DjangoModelFactory):
    """`TeamFactory(enrolment__programme=…, enrolment__role=…)` enrols an organisation with an empty team."""

    class Meta:
        model = Team

    enrolment = factory.SubFactory(EnrolmentFactory)
    role = factory.LazyAttribute(lambda team: TEAM_OF[EnrolmentRole(team.enrolment.role)])


class TeamMemberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TeamMember

    team = factory.SubFactory(TeamFactory)
    person = factory.SubFactory(PersonFactory)
    started_on = factory.LazyFunction(timezone.localdate)


class BackingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Backing

    enrolment = factory.SubFactory(EnrolmentFactory)
    team = factory.SubFactory(
        TeamFactory,
        enrolment__programme=factory.SelfAttribute("...enrolment.programme"),
        enrolment__organisation=factory.SubFactory(AssociationFactory),
        enrolment__role=EnrolmentRole.ASSOCIATION,
    )
    started_on = factory.LazyFunction(timezone.localdate)
    accepted_at = factory.LazyFunction(timezone.now)
    accepted_by = factory.SubFactory(UserFactory)


class PartnershipFactory(factory.django.DjangoModelFactory):
    """A bare partnership; its cities are ParticipationFactory rows, or come from the service."""

    class Meta:
        model = Partnership

    programme = factory.SubFactory(ProgrammeFactory)
    theme = factory.SubFactory(ThemeFactory, programme=factory.SelfAttribute("..programme"))


class ParticipationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Participation

    partnership = factory.SubFactory(PartnershipFactory)
    team = factory.SubFactory(TeamFactory, enrolment__programme=factory.SelfAttribute("...partnership.programme"))
    organisation = factory.SelfAttribute("team.enrolment.organisation")
    role = Role.MENTEE
    started_on = factory.LazyFunction(timezone.localdate)
