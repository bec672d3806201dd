"""Which engine does a stage: the built-in one, or a model with the built-in one behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from siji.problems import Words
from siji.teaching.runs.bodies import Body
from siji.teaching.runs.builtin.analysis import analyse, is_named
from siji.teaching.runs.builtin.criteria import criteria
from siji.teaching.runs.builtin.plan import plan
from siji.teaching.runs.builtin.questions import questions, supply_of
from siji.teaching.runs.context import Context, Made
from siji.teaching.runs.model import analysis, model_questions

BY_MODEL: Mapping[str, Callable[[Context], Made | Words]] = {"analysis": analysis, "questions": model_questions}


def make_builtin(stage: str, context: Context) -> Made:
    """Raises hours.Overfull; ValidationError where a document has nothing to teach."""
    return Made(_body(stage, context), _changed(stage, context))


def _body(stage: str, context: Context) -> Body:
    match stage:
        case "analysis":
            return analyse(context.document, note=context.note)
        case "plan":
            return plan(context, kept=context.plan_before)
        case "questions":
            return questions(context, supply_of(context))
        case "criteria":
            return criteria(context)
    raise KeyError(stage)


def _changed(stage: str, context: Context) -> Words:
    if not context.note:
        if context.before is None:
            return Words(zh="内置引擎按规则完成。", en="Made by the rules of the built-in engine.")
        return Words(zh="内置引擎在上一轮的基础上补齐。", en="The built-in engine filled in what the round before lacked.")
    named = [
        point.title
        for point in (context.analysis.all_points() if "analysis" in context.done else ())
        if is_named(point.title, context.note)
    ]
    if not named or stage == "criteria":
        return Words(
            zh="内置引擎在意见里没有认出大纲里的主题，请直接修改草稿。",
            en="The built-in engine found no topic of the syllabus in the note: edit the draft instead.",
        )
    said = "、".join(dict.fromkeys(named[:6]))
    return Words(zh=f"按意见加重：{said}。", en=f"Weighs more after the note: {said}.")


def make(stage: str, context: Context, engine: str) -> Made:
    """Where the model gives nothing that may be used, the built-in engine works and says why. Not inside a transaction."""
    if engine != "model" or stage not in BY_MODEL:
        return make_builtin(stage, context)
    made = BY_MODEL[stage](context)
    if isinstance(made, Made):
        return made
    zh, en = f"没有用上模型：{made.zh}由内置引擎完成。", f"Not by the model: {made.en} Made by the built-in engine."
    return replace(make_builtin(stage, context), changed=Words(zh=zh, en=en))
