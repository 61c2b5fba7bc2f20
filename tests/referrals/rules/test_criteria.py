"""Which criteria a request's words and flags suggest, and why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.rules.criteria import CriterionWords, Suggestion, suggest
from referrals.rules.vocabulary import Flag

TASER = CriterionWords("taser", "Conducted energy devices", words=("Taser", "conducted energy device"))
COVERT = CriterionWords(
    "covert",
    "Covert tactics",
    words=("covert human intelligence source", "CHIS"),
    flags=(Flag.COVERT_TACTICS,),
)
DRONES = CriterionWords("drones", "Drones", words=("drone", "unmanned aerial vehicle", "body-worn video"))
ALL = (TASER, COVERT, DRONES)


@pytest.mark.parametrize(
    ("text", "phrase", "quoted"),
    [
        ("How many Tasers are there?", "Taser", "Tasers"),
        ("How often was TASER used", "Taser", "TASER"),
        ("the taser's use", "Taser", "taser's"),
        ("the tasers’ use", "Taser", "tasers"),
        ("Taser?", "Taser", "Taser"),
        ("a conducted\nenergy  device", "conducted energy device", "conducted energy device"),
        ("conducted-energy devices", "conducted energy device", "conducted-energy devices"),
        ("body worn videos", "body-worn video", "body worn videos"),
        ("body-worn-video", "body worn video", "body-worn-video"),
        ("a policy on drones", "policies", "policy"),
        ("their policies", "policy", "policies"),
        ("of CHIS and CHISes", "CHIS", "CHIS"),
        ("of CHISes", "CHIS", "CHISes"),
        ("the ICOs", "ICO", "ICOs"),
        ("witnesses", "witness", "witnesses"),
        ("Ｔａｓｅｒ", "Taser", "Taser"),
        ("Ta\u200bser", "Taser", "Taser"),
        ("Operation Nettle 2", "operation nettle 2", "Operation Nettle 2"),
        ("§ Section 23 §", "section 23", "Section 23"),
    ],
)
def test_words_are_found_whole_in_any_case_and_number(text: str, phrase: str, quoted: str) -> None:
    (suggestion,) = suggest(text, (), [CriterionWords("c", "C", words=(phrase,))])
    assert suggestion.reasons == (f"the wording says “{quoted}”",)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("a Tasered man", "Taser"),
        ("the chi of Tai Chi", "CHIS"),
        ("the tasernumber", "Taser"),
        ("conducted, energy device", "conducted energy device"),
        ("conducted energy. Device", "conducted energy device"),
        ("energy device conducted", "conducted energy device"),
        ("conducted energy", "conducted energy device"),
        ("gas", "ga"),
        ("as", "a"),
        ("princess", "prince"),
        ("", "Taser"),
        ("anything", ""),
        ("anything", " - "),
        ("****", "****"),
    ],
)
def test_parts_of_words_and_words_apart_are_not(text: str, phrase: str) -> None:
    assert suggest(text, (), [CriterionWords("c", "C", words=(phrase,))]) == []


def test_each_reason_is_given_once_and_flags_after_words() -> None:
    text = "Tasers and a Taser; covert human intelligence sources (CHIS)"
    assert suggest(text, {Flag.COVERT_TACTICS, Flag.ROUND_ROBIN}, ALL) == [
        Suggestion(TASER, ("the wording says “Tasers”",)),
        Suggestion(
            COVERT,
            (
                "the wording says “covert human intelligence sources”",
                "the wording says “CHIS”",
                "flag: Touches covert tactics",
            ),
        ),
    ]


def test_a_flag_suggests_without_words() -> None:
    (suggestion,) = suggest("patrols", [Flag.COVERT_TACTICS], ALL)
    assert (suggestion.code, suggestion.title) == ("covert", "Covert tactics")
    assert suggestion.reasons == ("flag: Touches covert tactics",)


def test_nothing_suggests_nothing() -> None:
    assert suggest("How many patrols were there?", [Flag.ROUND_ROBIN], ALL) == []


words = st.sampled_from(["Taser", "drone", "covert", "policy", "source", "body-worn", "CHIS", "witness"])
phrases = st.lists(words, min_size=1, max_size=3).map(" ".join)


@given(phrases, st.text(max_size=30), st.text(max_size=30))
def test_a_phrase_put_into_any_text_is_found(phrase: str, before: str, after: str) -> None:
    text = f"{before} . {phrase} . {after}"
    assert suggest(text, (), [CriterionWords("c", "C", words=(phrase,))])


@given(phrases)
def test_singular_and_plural_suggest_each_other(phrase: str) -> None:
    plural = {"policy": "policies", "witness": "witnesses", "CHIS": "CHISes"}
    last = phrase.split()[-1]
    many = phrase.removesuffix(last) + plural.get(last, last + "s")
    assert suggest(many, (), [CriterionWords("c", "C", words=(phrase,))])
    assert suggest(phrase, (), [CriterionWords("c", "C", words=(many,))])


@given(st.text(max_size=80), st.lists(st.sampled_from(list(Flag)), max_size=3), st.lists(phrases, max_size=4))
def test_criteria_are_weighed_apart_and_keep_their_order(
    text: str, flags: list[Flag], listed: list[str]
) -> None:
    criteria = [CriterionWords(str(place), "", words=(phrase,)) for place, phrase in enumerate(listed)]
    together = suggest(text, flags, [*criteria, *ALL])
    apart = [one for criterion in [*criteria, *ALL] for one in suggest(text, flags, [criterion])]
    assert together == apart
    assert all(one.reasons for one in together)


@given(st.text(max_size=60), st.text(max_size=60))
def test_more_words_never_take_a_suggestion_away(text: str, more: str) -> None:
    before = {one.code for one in suggest(text, (), ALL)}
    assert before <= {one.code for one in suggest(f"{text}\n.\n{more}", (), ALL)}
