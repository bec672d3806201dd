"""How each ending reads to a person, and the error that carries it."""

from __future__ import annotations

from siji.ai.outcomes import LATER, Outcome
from siji.problems import Words

WORDS: dict[Outcome, Words] = {
    Outcome.OK: Words(zh="调用成功。", en="The call succeeded."),
    Outcome.RATE_LIMITED: Words(
        zh="模型服务限制了调用频率，请稍后再试。", en="The model service limits our rate: try again later."
    ),
    Outcome.OVERLOADED: Words(
        zh="模型服务正忙或出了故障，请稍后再试。", en="The model service is overloaded or failing: try again later."
    ),
    Outcome.UNREACHABLE: Words(
        zh="连不上模型服务。请检查服务器的网络和接口地址。",
        en="The model service cannot be reached: check the network and the address.",
    ),
    Outcome.CUT_OFF: Words(zh="和模型服务的连接中断了，请再试一次。", en="The connection to the model service broke: try again."),
    Outcome.TIMED_OUT: Words(
        zh="模型服务没有在规定时间内答复，请稍后再试。", en="The model service did not answer in time: try again later."
    ),
    Outcome.GARBLED: Words(
        zh="模型服务返回的内容无法识别。请检查接口地址是否写对，或者稍后再试。",
        en="The model service answered with something that is no completion: check the address, or try again later.",
    ),
    Outcome.NO_PLACE: Words(zh="正在进行的模型调用太多，请稍后再试。", en="Too many model calls are under way: try again later."),
    Outcome.BAD_KEY: Words(
        zh="模型服务不接受这个密钥，请管理员重新填写。",
        en="The model service refuses the key: an administrator must enter it again.",
    ),
    Outcome.NO_CREDIT: Words(
        zh="模型服务的账户余额不足，请管理员充值。",
        en="The account at the model service has no credit left: an administrator must top it up.",
    ),
    Outcome.REFUSED: Words(
        zh="模型服务拒绝了请求。请管理员检查模型名称和接口地址。",
        en="The model service refused the request: an administrator must check model and address.",
    ),
    Outcome.EMPTY: Words(zh="模型两次都没有给出内容。", en="The model gave no content, twice."),
    Outcome.REASONING_ONLY: Words(zh="模型只给出了思考过程，没有给出答案。", en="The model gave its reasoning and no answer."),
    Outcome.NOT_JSON: Words(
        zh="模型的回答不是规定的格式，没有采用。", en="The model's answer was not in the form asked for and was not used."
    ),
    Outcome.WRONG_SHAPE: Words(
        zh="模型的回答不合规则（例如分数超出范围），没有采用。",
        en="The model's answer broke a rule (such as a mark out of range) and was not used.",
    ),
    Outcome.TOO_LONG: Words(
        zh="模型的回答太长，被截断了，没有采用。", en="The model's answer was cut for its length and was not used."
    ),
    Outcome.FILTERED: Words(
        zh="模型服务的内容审查没有放行这段文字。", en="The model service's content filter did not let this text pass."
    ),
    Outcome.BROKEN_OFF: Words(zh="模型的回答写到一半中断了。", en="The model's answer broke off half way."),
    Outcome.NO_ENDPOINT: Words(
        zh="没有配置模型服务，只使用内置引擎。", en="No model service is set up: the built-in engine is used alone."
    ),
    Outcome.NO_BUDGET: Words(zh="今天的模型费用已经到达上限。", en="Today's budget for the model is used up."),
    Outcome.BREAKER_OPEN: Words(
        zh="模型服务刚才连续出错或花费过快，已暂停调用，稍后自动恢复。",
        en="The model failed repeatedly or cost too much just now: calls are paused and resume by themselves.",
    ),
    Outcome.NO_CONSENT: Words(
        zh="这名学生未满 18 岁，还没有登记监护人同意，文章没有发给外部模型，只用内置引擎评阅。",
        en="This student is under 18 and no guardian's consent is recorded: nothing was sent to an outside model, the built-in "
        "engine marks alone.",
    ),
    Outcome.LOST: Words(
        zh="调用模型的进程中断了，结果不明。", en="The process that called the model was lost: the result is not known."
    ),
}


class ModelFailed(Exception):
    """A call that gave no answer that may be used: why, in both languages, and whether the same may succeed later."""

    def __init__(self, outcome: Outcome, detail: str = "", *, tries: int = 0, partial: str = "", maybe_billed: int = 0) -> None:
        super().__init__(f"{outcome}: {detail}" if detail else str(outcome))
        self.outcome, self.detail, self.tries = outcome, detail, tries
        self.partial = partial
        """What a stream had said before it broke off."""
        self.maybe_billed = maybe_billed
        """Tries before the last one that may be billed."""

    @property
    def permanent(self) -> bool:
        return self.outcome not in LATER

    @property
    def words(self) -> Words:
        return WORDS[self.outcome]
