"""Answers to the questions of a category: they are the pack's, and may raise the priority."""

from dutyroom.domain import refusals as shared_refusals
from dutyroom.domain.context import Codes, Context
from dutyroom.domain.incidents.commands import AnswerPrompt
from dutyroom.domain.incidents.events import IncidentPriorityChanged, IncidentPromptAnswered
from dutyroom.domain.incidents.state import IncidentState
from dutyroom.domain.kernel import Decision, Emitted, Refusal


def check_answer(codes: Codes, category: str, prompt: str, answer: str) -> Refusal | None:
    if codes.answer(category, prompt, answer) is not None:
        return None
    known = prompt in codes.prompts.get(category, {})
    return (
        shared_refusals.unknown_code("answer", answer)
        if known
        else shared_refusals.unknown_code("prompt", prompt)
    )


def demanded_by(category: str, prompt: str, answer: str, context: Context) -> int | None:
    meaning = context.codes.answer(category, prompt, answer)
    return meaning.priority if meaning else None


def raised_by(
    stream: str, category: str, prompt: str, answer: str, priority: int, context: Context
) -> tuple[Emitted, ...]:
    """An answer may raise the priority (a smaller number); it never lowers it."""
    demanded = demanded_by(category, prompt, answer, context)
    if demanded is None or demanded >= priority:
        return ()
    return (Emitted(stream, IncidentPriorityChanged(demanded, by_prompt=prompt)),)


def decide_answer(
    stream: str, command: AnswerPrompt, state: IncidentState, context: Context
) -> Decision:
    if (command.prompt, command.answer) in state.answers:
        return ()
    wrong = check_answer(context.codes, state.category, command.prompt, command.answer)
    if wrong is not None:
        return wrong
    answered = Emitted(stream, IncidentPromptAnswered(command.prompt, command.answer))
    raised = raised_by(
        stream, state.category, command.prompt, command.answer, state.priority, context
    )
    return (answered, *raised)
