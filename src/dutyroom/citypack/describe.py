"""A pack's words for consoles: vocabulary, prompts, plans, clocks, zones, organisations."""

from collections.abc import Mapping
from typing import cast

from dutyroom.citypack import answers
from dutyroom.citypack.model import CityPack
from dutyroom.citypack.spelling import initials, pinyin
from dutyroom.citypack.vocabulary import CODE_LISTS
from dutyroom.clocks.loop import Loop, LoopKind, Matter
from dutyroom.clocks.route import Route
from dutyroom.clocks.rule import Length
from dutyroom.clocks.telling import Telling
from dutyroom.core.text import Text
from dutyroom.domain.agreements import Agreement
from dutyroom.domain.desks import Desk, Offered
from dutyroom.domain.incidents.row import NeedRow
from dutyroom.domain.tasks.commands import TaskKind
from dutyroom.domain.values import Need


def described(pack: CityPack) -> answers.Pack:
    """What a console needs to know of the pack, without its roads and streets."""
    return answers.Pack(
        name=pack.name,
        version=pack.version,
        hash=pack.hash,
        title=pack.title,
        timezone=pack.timezone,
        centre=pack.centre,
        bounds=pack.bounds,
        zones=tuple(_named(zone.id, zone.name) for zone in pack.zones),
        orgs=tuple(
            answers.PackOrg(
                path=one.path,
                level=one.level,
                teams=one.teams,
                en=one.text.en,
                zh=one.text.zh,
            )
            for one in pack.orgs
        ),
        stations=tuple(
            answers.PackStation(id=one.id, en=one.name.en, zh=one.name.zh, lon=one.lon, lat=one.lat)
            for one in pack.stations
        ),
        call_signs=tuple(_named(one.id, one.call_sign) for one in pack.units if one.call_sign),
        vocabulary=_vocabulary(pack),
        prompts=_prompts(pack),
        plans=tuple(
            answers.ResponsePlan(
                category=plan.category, priority=plan.priority, needs=_needs(plan.needs)
            )
            for plan in pack.plans
        ),
        clocks=_clocks(pack),
        loop=_loop(pack.loop, tuple(pack.vocabulary.matters)),
        desks=tuple(_desk(one) for one in pack.desks),
        agreements=tuple(agreement_of(one) for one in pack.agreements),
        referral_reasons=tuple(_named(one.code, one.text) for one in pack.referral_reasons),
    )


def _desk(desk: Desk) -> answers.PackDesk:
    return answers.PackDesk(
        code=desk.code,
        en=desk.text.en,
        zh=desk.text.zh,
        org=desk.org,
        calendar=desk.calendar.name,
        capacity=desk.capacity,
        accept_minutes=desk.accept.count,
        offers=_offered(desk.offers),
        skills=_offered(desk.skills),
        retired=desk.retired,
    )


def _offered(offered: tuple[Offered, ...]) -> tuple[answers.DeskOffered, ...]:
    return tuple(
        answers.DeskOffered(
            code=one.code,
            en=one.text.en,
            zh=one.text.zh,
            pinyin=_typed(one.text),
            retired=one.retired,
        )
        for one in offered
    )


def agreement_of(agreement: Agreement) -> answers.PackAgreement:
    """An agreement with a partner, as consoles have it."""
    return answers.PackAgreement(
        code=agreement.code,
        en=agreement.text.en,
        zh=agreement.text.zh,
        partner=agreement.partner,
        categories=tuple(sorted(agreement.categories)),
        fields=agreement.fields,
        purpose=agreement.purpose,
        accept_ms=agreement.accept_ms,
        from_ms=agreement.from_ms,
        until_ms=agreement.until_ms,
        basis=agreement.basis,
        minors=agreement.minors,
    )


def _named(id_: str, name: Text) -> answers.NamedThing:
    return answers.NamedThing(id=id_, en=name.en, zh=name.zh)


def _clocks(pack: CityPack) -> answers.PackClocks:
    clocks = pack.clocks
    return answers.PackClocks(
        answer_s=float(clocks.answer_s),
        call_back_s=float(clocks.call_back_s),
        dispatch_s=_by_text(clocks.dispatch_s),
        en_route_s=float(clocks.en_route_s),
        on_scene_s=_by_text(clocks.on_scene_s),
        silence_s=_by_text(clocks.silence_s),
        amber_share=float(clocks.amber_share),
        stale_position_s=float(clocks.stale_position_s),
    )


def _loop(loop: Loop, matters: tuple[Matter, ...]) -> answers.PackLoop:
    return answers.PackLoop(
        routes=tuple(_route(one, loop, matters) for one in loop.routes),
        clocks=tuple(
            answers.LoopClock(
                code=rule.code,
                en=rule.name.en,
                zh=rule.name.zh,
                pauses=rule.pauses,
                extensions=rule.extensions.at_most if rule.extensions else 0,
                approver=rule.extensions.approver if rule.extensions else None,
            )
            for rule in loop.clocks
        ),
        tasks=tuple(
            answers.LoopTask(
                code=one.code, en=one.text.en, zh=one.text.zh, kind=cast(TaskKind, one.kind)
            )
            for one in loop.tasks
        ),
        reasons=tuple(_named(one.code, one.text) for one in loop.pause_reasons),
        task_reasons=tuple(_named(one.code, one.text) for one in loop.task_reasons),
        point_reasons=tuple(
            answers.PointReason(code=one.code, en=one.text.en, zh=one.text.zh, retired=one.retired)
            for one in loop.point_reasons
        ),
        contact_reasons=tuple(
            answers.ContactReason(
                code=one.code, en=one.text.en, zh=one.text.zh, retired=one.retired
            )
            for one in loop.contact_reasons
        ),
        matter_kinds=tuple(map(_kind, loop.matters.kinds)),
        repeat_kinds=tuple(map(_kind, loop.repeats.kinds)),
        tellings=tuple(_telling(one, loop) for one in loop.tellings),
    )


def _telling(telling: Telling, loop: Loop) -> answers.LoopTelling:
    return answers.LoopTelling(
        of=telling.of,
        calendar=_named(telling.calendar, loop.calendar(telling.calendar).name),
        steps=tuple(
            answers.TellingStep(
                roles=one.roles, own=one.own, before=one.before, length=_length(one.length)
            )
            for one in telling.steps
        ),
        again=_length(telling.again) if telling.again else None,
    )


def _length(length: Length) -> answers.TellingLength:
    return answers.TellingLength(count=length.count, unit=length.unit)


def _kind(kind: LoopKind) -> answers.LoopKind:
    return answers.LoopKind(
        code=kind.code,
        en=kind.text.en,
        zh=kind.text.zh,
        categories=kind.categories,
        retired=kind.retired,
    )


def _route(route: Route, loop: Loop, matters: tuple[Matter, ...]) -> answers.LoopRoute:
    return answers.LoopRoute(
        code=route.code,
        en=route.name.en,
        zh=route.name.zh,
        categories=route.categories,
        priorities=route.priorities,
        light=route.light is not None,
        stages=tuple(
            answers.RouteLeg(
                stage=leg.stage,
                owner=leg.owner,
                until=leg.until,
                clocks=tuple(
                    dict.fromkeys(one.code for one in loop.clocks_of(route, leg.stage, matters))
                ),
                tasks=tuple(one.code for one in loop.tasks_of(route, leg.stage, matters)),
            )
            for leg in route.legs
        ),
    )


def _by_text(found: Mapping[int, float] | Mapping[str, float]) -> dict[str, float]:
    return {str(key): float(value) for key, value in found.items()}


def _needs(needs: tuple[Need, ...]) -> tuple[NeedRow, ...]:
    return tuple(NeedRow(capability=need.capability, count=need.count) for need in needs)


def _vocabulary(pack: CityPack) -> answers.Vocabulary:
    words = pack.vocabulary
    lists = {
        name: tuple(
            answers.Code(
                code=one.code,
                en=one.text.en,
                zh=one.text.zh,
                words=tuple(one.words),
                pinyin=_typed(one.text),
                retired=one.retired,
            )
            for one in words.codes(name).values()
        )
        for name in CODE_LISTS
    }
    return answers.Vocabulary(
        groups=tuple(
            answers.CategoryGroup(code=one.code, en=one.text.en, zh=one.text.zh)
            for one in words.groups
        ),
        categories=tuple(
            answers.Category(
                code=one.code,
                en=one.text.en,
                zh=one.text.zh,
                priority=one.priority,
                words=tuple(one.words),
                pinyin=_typed(one.text),
                retired=one.retired,
                group=one.group,
            )
            for one in words.categories
        ),
        priorities=tuple(
            answers.PriorityWord(level=one.level, en=one.text.en, zh=one.text.zh)
            for one in words.priorities
        ),
        kinds=tuple(
            answers.KindWord(code=one.code, en=one.text.en, zh=one.text.zh, symbol=one.symbol)
            for one in words.kinds
        ),
        **lists,
    )


def _typed(text: Text) -> tuple[str, str]:
    """The Chinese as it is typed in full, and its initials."""
    return pinyin(text.zh), initials(text.zh)


def _prompts(pack: CityPack) -> dict[str, tuple[answers.Prompt, ...]]:
    return {
        category: tuple(
            answers.Prompt(
                code=prompt.code,
                en=prompt.text.en,
                zh=prompt.text.zh,
                answers=tuple(
                    answers.PromptChoice(
                        code=answer.code,
                        en=answer.text.en,
                        zh=answer.text.zh,
                        priority=answer.priority,
                        adds=_needs(answer.adds),
                    )
                    for answer in prompt.answers
                ),
            )
            for prompt in prompts
        )
        for category, prompts in pack.prompts.items()
    }
