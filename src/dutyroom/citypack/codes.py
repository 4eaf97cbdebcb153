"""A pack's codes as the domain wants them: those that may be used today."""

from functools import lru_cache

from dutyroom.citypack.model import CityPack
from dutyroom.citypack.vocabulary import CodeList
from dutyroom.domain.context import Answer, Codes


@lru_cache(maxsize=4)
def codes_of(pack: CityPack) -> Codes:
    """The pack's codes that may be used today, as the domain wants them."""
    words = pack.vocabulary

    def live(name: CodeList) -> frozenset[str]:
        return frozenset(code for code, entry in words.codes(name).items() if not entry.retired)

    return Codes(
        categories={one.code: one.priority for one in words.categories if not one.retired},
        priorities=frozenset(one.level for one in words.priorities),
        capabilities=live("capabilities"),
        clear_reasons=live("clear_reasons"),
        cancel_reasons=live("cancel_reasons"),
        unavailable_reasons=live("unavailable_reasons"),
        override_reasons=live("override_reasons"),
        dispositions=live("dispositions"),
        no_incident_reasons=live("no_incident_reasons"),
        reopen_reasons=live("reopen_reasons"),
        prompts={
            category: {
                prompt.code: {
                    answer.code: Answer(
                        answer.priority,
                        answer.adds,
                    )
                    for answer in prompt.answers
                }
                for prompt in prompts
            }
            for category, prompts in pack.prompts.items()
        },
        units=frozenset(pack.unit_ids),
        orgs=frozenset(one.path for one in pack.orgs),
        org_names={one.path: one.text for one in pack.orgs},
        teams={one.path: one.teams for one in pack.orgs},
        org_of_zone={one.id: one.org for one in pack.zones},
        clocks=frozenset(one.code for one in pack.loop.clocks),
        clock_reasons=frozenset(one.code for one in pack.loop.pause_reasons if not one.retired),
        routes=frozenset(one.code for one in pack.loop.routes),
        given_tasks=frozenset(one.code for one in pack.loop.tasks),
        task_reasons=frozenset(one.code for one in pack.loop.task_reasons if not one.retired),
        point_reasons=frozenset(one.code for one in pack.loop.point_reasons if not one.retired),
        contact_reasons=frozenset(one.code for one in pack.loop.contact_reasons if not one.retired),
        desks={one.code: one for one in pack.desks if not one.retired},
        desk_offers=frozenset(offer.code for one in pack.desks for offer in one.offers),
        desk_skills=frozenset(skill.code for one in pack.desks for skill in one.skills),
        repeat_kinds={
            one.code: one.categories for one in pack.loop.repeats.kinds if not one.retired
        },
        matter_kinds={
            one.code: frozenset(one.categories)
            for one in pack.loop.matters.kinds
            if not one.retired
        },
        agreements={one.code: one for one in pack.agreements},
        referral_reasons=frozenset(one.code for one in pack.referral_reasons if not one.retired),
        org_of_unit={id_: pack.org_of(id_) for id_ in pack.unit_ids},
    )


NO_CODES = Codes(
    categories={},
    priorities=frozenset(),
    capabilities=frozenset(),
    clear_reasons=frozenset(),
    cancel_reasons=frozenset(),
    unavailable_reasons=frozenset(),
    override_reasons=frozenset(),
    dispositions=frozenset(),
    no_incident_reasons=frozenset(),
    reopen_reasons=frozenset(),
)
"""Before the first pack is adopted, no code may be used."""
