"""A second coder: any language model behind an OpenAI-compatible address. Its answers are checked, never believed."""

from pactwatch.coder.llm.coder import LlmCoder, Reading, Refusal, open_llm_coder
from pactwatch.coder.llm.cost import Cost
from pactwatch.coder.llm.settings import LlmError, LlmSettings, settings_from_environment

__all__ = [
    "Cost",
    "LlmCoder",
    "LlmError",
    "LlmSettings",
    "Reading",
    "Refusal",
    "open_llm_coder",
    "settings_from_environment",
]
