"""``ask(purpose, prompt, schema, budget) → Answer`` and ``ask_streamed``: the one way to a model.

    settings → (the same answered before, for this payer?) → budget reserved, breaker asked, row committed → connection given back
    → place and token taken → sent, with retries inside the deadline → answer read → row, budget and breaker settled

An answer that is not what was asked for is asked for once more, without JSON mode and with what was wrong, as a call of its own
in what is left of the deadline. Then it is a stated failure: ``ModelFailed``, with words for a person. No database connection
is held while the model is waited for, so neither may be called inside a transaction.
"""

from __future__ import annotations

import asyncio
import functools
import queue
import time
from collections.abc import Iterator
from concurrent.futures import Future, wait
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from django.contrib.auth import get_user_model
from django.db import connection
from pydantic import BaseModel

from siji.ai import ledger
from siji.ai.budgets import Payer
from siji.ai.chat import ChatRequest, Completion, Message, Tell
from siji.ai.configuration import Configuration, current
from siji.ai.ledger import Ending, Order
from siji.ai.loop import Loop, the_loop
from siji.ai.models import ModelCall
from siji.ai.outcomes import PERHAPS_BILLED, REPAIRABLE, Outcome
from siji.ai.prices import most
from siji.ai.prompts import Prompt
from siji.ai.reading import Check, Unreadable, read_answer
from siji.ai.words import ModelFailed
from siji.storage.prepared import Prepared
from siji.storage.waiting import now_waiting

T = TypeVar("T", bound=BaseModel)
LEAST_FOR_REPAIR = 2.0
PATIENCE = 10.0
"""Seconds that the loop may be late with an ending beyond the deadline before its caller stops waiting."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a kind of call is for and what it may take. ``seconds``: the deadline of everything, retries and repair included.

    ``is_repeatable``: the same request by the same payer is answered from the ledger. Only for what is asked at temperature 0
    and where a second opinion is not the point.
    """

    name: str
    max_tokens: int
    seconds: float = 30.0
    temperature: float = 0.0
    thinks: bool = False
    is_repeatable: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A prompt as filled in: ``Question(prompt.label, prompt.fill({"script": text}))``, or ``question(prompt, …)``."""

    label: str
    messages: tuple[Message, ...]


def question(prompt: Prompt, data: dict[str, str], words: dict[str, str] | None = None) -> Question:
    return Question(prompt.label, prompt.fill(data, words))


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """``calls``: rows of the ledger that it came from, the last one first; a repaired answer has two."""

    value: T
    calls: tuple[int, ...]
    cost: int
    model: str
    is_repeated: bool = False
    """Answered from the ledger: nothing was sent and nothing was paid."""


@dataclass(frozen=True, slots=True)
class Said:
    """The end of a stream."""

    text: str
    call: int
    cost: int
    first_token_ms: int | None


def ask(
    purpose: Purpose,
    prompt: Question,
    schema: type[T],
    budget: Payer,
    *,
    check: Check[T] | None = None,
    job: int | None = None,
) -> Answer[T]:
    """A value of ``schema`` that ``check`` accepts. Raises ModelFailed; ValueError where the prompt does not say JSON."""
    if not any("json" in message.content.lower() for message in prompt.messages):
        raise ValueError(f"{prompt.label}: JSON mode needs the word JSON in the prompt")
    _refuse_for_a_minor(budget)
    until = time.monotonic() + purpose.seconds
    configuration = current()
    request = _request(purpose, prompt, budget, wants_json=True)
    if purpose.is_repeatable and (earlier := _earlier(request, configuration, budget, schema, check)) is not None:
        return earlier
    order = Order(purpose.name, prompt.label, budget, purpose.seconds, job, purpose.is_repeatable)
    first = _Call(order, request, configuration)
    try:
        return first.run(schema, check)
    except _NotAsAsked as wrong:
        left = until - time.monotonic()
        if left < LEAST_FOR_REPAIR:
            raise wrong.failed() from wrong
        mending = replace(order, seconds=left, repairs=first.row.pk)
        answer = _Call(mending, _repair(request, wrong), configuration).run_last(schema, check)
        return replace(answer, calls=(*answer.calls, first.row.pk), cost=answer.cost + wrong.cost)


def ask_streamed(purpose: Purpose, prompt: Question, budget: Payer, *, job: int | None = None) -> Streamed:
    """Begins at once, beside whatever its caller does next. Raises ModelFailed where nothing may be sent."""
    _refuse_for_a_minor(budget)
    request = _request(purpose, prompt, budget, wants_json=False)
    order = Order(purpose.name, prompt.label, budget, purpose.seconds, job)
    return Streamed(_Call(order, request, current()))


def _refuse_for_a_minor(payer: Payer) -> None:
    """Who pays is whose text it is, or staff. Here and nowhere else, so that no caller can forget it. Raises ModelFailed.

    Read anew for each call: a consent that is withdrawn holds from the next one on.
    """
    if payer.user is not None and _minors().first(pk=payer.user) is not None:
        raise ModelFailed(Outcome.NO_CONSENT)


@functools.cache
def _minors() -> Prepared[Any]:
    """Without a guardian's consent."""
    people = get_user_model()
    return Prepared(people, lambda _, pk: people._default_manager.filter(pk=pk, is_minor=True, guardian_consent=""), pk=-1)


class Streamed:
    """Iterate over it for what has been written since the last look, to the end; then ``said`` is there.

    Who need not look at each word may ``rest`` between two looks: nothing wakes the thread meanwhile. Iterating raises
    ModelFailed, whose ``partial`` holds what had come. It must be gone through or ended with ``drop``: whoever leaves it has the
    call settled by the sweeper at the most that it could cost.
    """

    def __init__(self, call: _Call) -> None:
        self._call = call
        self._pieces: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._future = call.start(self._pieces.put)
        self._future.add_done_callback(lambda _: self._pieces.put(None))
        self.said: Said | None = None
        self.is_over = False
        """Nothing comes after what was looked at last."""

    def __iter__(self) -> Iterator[str]:
        connection.close()
        until = time.monotonic() + self._call.order.seconds + PATIENCE
        while not self.is_over:
            if text := self._come(until):
                yield text
        self.said = self._call.settle_said(self._future)

    def rest(self, seconds: float) -> None:
        """Not beyond the end."""
        wait([self._future], seconds)

    def drop(self) -> None:
        """It is not wanted any more."""
        self._future.cancel()
        self._call.settle(Ending(Outcome.BROKEN_OFF, "not wanted any more", tries=1))

    def _come(self, until: float) -> str:
        """All that is there, as soon as there is something."""
        try:
            come = [self._pieces.get(timeout=max(until - time.monotonic(), 0.0))]
        except queue.Empty:
            self._future.cancel()
            come = [None]
        # Once it is done its end is put there too, if not at this moment.
        while come[-1] is not None and (self._future.done() or not self._pieces.empty()):
            come.append(self._pieces.get())
        self.is_over = come[-1] is None
        return "".join(piece for piece in come if piece is not None)


class _NotAsAsked(Exception):
    """An answer came and is not what was asked for."""

    def __init__(self, outcome: Outcome, why: str, text: str, cost: int) -> None:
        super().__init__(why)
        self.outcome, self.why, self.text, self.cost = outcome, why, text, cost

    def failed(self) -> ModelFailed:
        return ModelFailed(self.outcome, self.why)


class _Call:
    """One row of the ledger and the request it stands for."""

    def __init__(self, order: Order, request: ChatRequest, configuration: Configuration) -> None:
        if connection.in_atomic_block:
            raise RuntimeError(
                "a model is not asked inside a transaction: it would hold a connection for as long as the model takes"
            )
        self.order, self.request, self.configuration = order, request, configuration
        self.row: ModelCall = ledger.open_call(order, request, configuration)
        self._began = time.monotonic()

    def start(self, tell: Tell | None) -> Future[Completion]:
        loop = the_loop()
        return loop.submit(self._in_loop(loop, tell))

    async def _in_loop(self, loop: Loop, tell: Tell | None) -> Completion:
        client, gate = loop.client(self.configuration.api), _Gate(self, loop)
        if tell is None:
            return await client.chat_completion_with_retry(self.request, seconds=self.order.seconds, gate=gate)
        return await client.stream(self.request, tell, seconds=self.order.seconds, gate=gate)

    def run(self, schema: type[T], check: Check[T] | None) -> Answer[T]:
        """Raises ModelFailed, and _NotAsAsked where a repair may help."""
        completion = self._wait(self.start(None))
        try:
            if completion.outcome is not Outcome.OK:
                raise Unreadable(completion.outcome, "")
            value = read_answer(completion.text, schema, check)
        except Unreadable as wrong:
            cost = self.settle(self._ending(completion, wrong.outcome, wrong.why))
            if wrong.outcome in REPAIRABLE:
                raise _NotAsAsked(wrong.outcome, wrong.why, completion.text, cost) from wrong
            raise ModelFailed(wrong.outcome, wrong.why, tries=completion.tries) from wrong
        cost = self.settle(self._ending(completion, Outcome.OK))
        return Answer(value, (self.row.pk,), cost, self.row.model)

    def run_last(self, schema: type[T], check: Check[T] | None) -> Answer[T]:
        try:
            return self.run(schema, check)
        except _NotAsAsked as wrong:
            raise wrong.failed() from wrong

    def settle_said(self, future: Future[Completion]) -> Said:
        """Raises ModelFailed."""
        completion = self._wait(future)
        cost = self.settle(self._ending(completion, completion.outcome))
        if completion.outcome is not Outcome.OK:
            raise ModelFailed(completion.outcome, tries=completion.tries, partial=completion.text)
        return Said(completion.text, self.row.pk, cost, completion.first_token_ms)

    def settle(self, ending: Ending) -> int:
        return ledger.settle(self.row, ending, self.configuration, keeps_reply=self.order.keeps_reply)

    def _wait(self, future: Future[Completion]) -> Completion:
        """Raises ModelFailed, whose row is settled."""
        connection.close()
        now_waiting()
        try:
            return future.result(self.order.seconds + PATIENCE)
        except ModelFailed as failed:
            self.settle(self._failed(failed))
            raise
        except BaseException as error:
            # The loop's own fault or delay, or the end of this process: what was sent may have been worked on.
            future.cancel()
            lost = ModelFailed(Outcome.LOST, f"{type(error).__name__}: {error}", tries=1)
            self.settle(self._failed(lost))
            if isinstance(error, TimeoutError):
                raise lost from error
            raise

    def _failed(self, failed: ModelFailed) -> Ending:
        return Ending(
            outcome=failed.outcome,
            detail=failed.detail,
            tries=failed.tries,
            wasted=failed.maybe_billed * self.row.reserved,
            latency_ms=self._elapsed_ms(),
        )

    def _ending(self, completion: Completion, outcome: Outcome, why: str = "") -> Ending:
        return Ending(
            outcome=outcome,
            detail=why,
            text=completion.text,
            usage=completion.usage,
            tries=completion.tries,
            wasted=completion.maybe_billed * self.row.reserved,
            latency_ms=self._elapsed_ms(),
            first_token_ms=completion.first_token_ms,
        )

    def _elapsed_ms(self) -> int:
        return round((time.monotonic() - self._began) * 1000)


class _Gate:
    """Before each try: what a try before it may have cost is reserved again, then a place is taken."""

    def __init__(self, call: _Call, loop: Loop) -> None:
        self._call = call
        self._places = loop.places(call.configuration.standing_name)
        self._token = ""

    async def enter(self, previous: Outcome | None, *, seconds: float) -> None:
        configuration, request = self._call.configuration, self._call.request
        if previous in PERHAPS_BILLED:
            amount = most(request.texts, request.max_tokens, configuration.prices)
            await asyncio.to_thread(functools.partial(ledger.reserve_again, self._call.row, amount, configuration))
        self._token = await self._places.take(configuration.shares, seconds=seconds, lease=seconds)

    async def leave(self) -> None:
        await self._places.give_back(self._token)


def _request(purpose: Purpose, prompt: Question, payer: Payer, *, wants_json: bool) -> ChatRequest:
    return ChatRequest(
        prompt.messages,
        max_tokens=purpose.max_tokens,
        temperature=purpose.temperature,
        wants_json=wants_json,
        thinks=purpose.thinks,
        user=payer.pseudonym,
    )


def _repair(request: ChatRequest, wrong: _NotAsAsked) -> ChatRequest:
    """What was said goes back only where it was something; JSON mode is what may have emptied it, so it is off."""
    said = (Message("assistant", wrong.text[:4000]),) if wrong.text.strip() else ()
    told = Message(
        "user", f"That was not the JSON object asked for ({wrong.why[:500] or wrong.outcome}). Answer with the JSON object alone."
    )
    return replace(request, messages=(*request.messages, *said, told), wants_json=False)


def _earlier(
    request: ChatRequest, configuration: Configuration, payer: Payer, schema: type[T], check: Check[T] | None
) -> Answer[T] | None:
    """What was read then is read again: a schema that has changed since asks anew."""
    call = ledger.earlier_reply(ledger.hash_of(request, configuration), payer)
    if call is None:
        return None
    try:
        return Answer(read_answer(call.reply, schema, check), (call.pk,), 0, call.model, is_repeated=True)
    except Unreadable:
        return None
