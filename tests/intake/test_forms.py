"""Forms of news: what has one, and, as many again, what must not."""

from __future__ import annotations

import pytest

from ondit.intake import forms


@pytest.mark.parametrize(
    ("line", "stretch", "agency"),
    [
        ("ILGARO, Oct 8 (Duvarre) - An explosion", "ILGARO, Oct 8 (Duvarre) -", "Duvarre"),
        ("LONDON (AP) — Ministers met", "LONDON (AP) —", "AP"),
        ("RENO, Nev. (AP) — The mayor", "RENO, Nev. (AP) —", "AP"),
        ("MOSCOW, June 19 (TASS). Talks began", "MOSCOW, June 19 (TASS).", "TASS"),
        ("PRADVEL, June 11. /Ravna/. The President", "PRADVEL, June 11. /Ravna/.", "Ravna"),
        ("PRADVEL–LUBREC, 11 June (Polden) – “Today", "PRADVEL–LUBREC, 11 June (Polden) –", "Polden"),
        ("SEOUL, June 19 (Yonhap) -- North Korea", "SEOUL, June 19 (Yonhap) --", "Yonhap"),
        ("LONDON/PARIS, Aug 3 (Reuters) - Shares", "LONDON/PARIS, Aug 3 (Reuters) -", "Reuters"),
        ("Mexico City (AFP) – It featured", "Mexico City (AFP) –", "AFP"),
        ("Dec 29 (Reuters) - The senator", "Dec 29 (Reuters) -", "Reuters"),
        ("(Reuters) - Ships will not sail", "(Reuters) -", "Reuters"),
        ("(CNN)The mayor resigned", "(CNN)", "CNN"),
        ("PARIS — The minister resigned", "PARIS —", ""),
        ("NASHUA, N.H. - At the moment", "NASHUA, N.H. -", ""),
        ("RANGOON, Burma - The generals", "RANGOON, Burma -", ""),
        ("ELLMOUTH – Neither of them spoke", "ELLMOUTH –", ""),
        ("KYIV, June 19. Talks began", "KYIV, June 19.", ""),
    ],
)
def test_datelines(line: str, stretch: str, agency: str) -> None:
    found = forms.dateline(line)
    assert found is not None
    assert (line[: found.end], line[slice(*found.agency)]) == (stretch, agency)


@pytest.mark.parametrize(
    "line",
    [
        "TECH giant Norvane is axing 3,200 workers",
        "EXCLUSIVE - The mayor has resigned",
        "UPDATE 14:10: Norvane wrote back",
        "THE RIDGE. The Register has got hold of the notice",
        "Norvane (NVR) - which makes chips - fell",
        "NATO – which has 32 members – said",
        "Mezzar Storage (the tenant) said no",
        "IOWA POLLS WERE WRONG, JUST TOO EARLY - And what follows",
        "(Corrects number of evacuees in paragraph 5)",
        "The port - Pelmora's largest - is shut",
        "VOTE: Should we go?",
        "",
    ],
)
def test_no_datelines(line: str) -> None:
    assert forms.dateline(line) is None


def test_a_dateline_without_agency_stands_only_first() -> None:
    assert forms.dateline("PARIS — The minister resigned", first=False) is None


@pytest.mark.parametrize(
    "line",
    [
        "By Maud Kessing and Ilan Brouwer",
        "by Katie Davis, Senior Foreign Reporter",
        "By GUS TARRANT",
        "By WHISTLE REPORTER",
        "By the Quickstep newsdesk, 18 May, 11.48pm",
        "By Ines Mollar, at the customs house",
        "By Ellie Stroud and Marcus Penhale. Last updated 9.46pm. Newest first.",
        "By Ana Reyes and agencies",
        "Posted by tobias_v | Wed 11 May 2033 | fabs, sensors",
        "By Associated Press",
    ],
)
def test_bylines(line: str) -> None:
    assert forms.byline(line) is not None


@pytest.mark.parametrize(
    "line",
    [
        "By tonight you'll have been told it was a power line.",
        "By Friday the town had emptied.",
        "By Monday lunchtime we are on to wires and witnesses.",
        "By her count nine are dead.",
        "By Moscow's account the deal is dead.",
        "Bystanders ran.",
    ],
)
def test_no_bylines(line: str) -> None:
    assert forms.byline(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "(Reporting by Hanno Estrel; Additional reporting by Celia Vint in Maurent; Editing by P. Oram)",
        "Reporting by Ana Reyes; Editing by P. Oram",
        "nst/Duvarre",
        "rc/wmr (AP, AFP, Reuters)",
        "(Polden) mk/ad",
        "— AFP",
        "(c) AFP",
        "© 2031 The Associated Press. All rights reserved.",
        "The Associated Press contributed to this report.",
        "With files from The Canadian Press",
        "This story first appeared on The Guardian.",
        "Source: NATO.",
        "(PTI)",
        "(With inputs from agencies)",
        "This essay first appeared in Harbour Weekly and is republished with permission.",
        "Studio: L. Havrik. Camera: P. Sund.",
        "Listen: Harbour Hour, daily at 1800 on 9.65 megahertz",
        "-ENDS-",
    ],
)
def test_tails(line: str) -> None:
    assert forms.tail(line)


@pytest.mark.parametrize(
    "line",
    [
        "Reporting by the paper has shown that the dam leaked.",
        "This article was amended on 16 May 2033. It has nine.",
        "Correction: An earlier version of this article said 6.48pm.",
        "The Rampart is published by the Ministry of Defence.",
        "He contributed to the war effort.",
        "The book first appeared in 1998.",
        "This was first published in 1998.",
        "The memo, first published by this paper, says ministers knew.",
        "Sources: minister to resign today",
        "Text: The treaty binds both sides.",
        "— Dana Ostrow, ferry pilot",
        "(sic)",
        "No.",
        "The end",
    ],
)
def test_no_tails(line: str) -> None:
    assert not forms.tail(line)


def test_makers_in_brackets_end_a_paragraph() -> None:
    line = "The ban holds in the region. (Reporting by Ana Reyes in Lubrec; Editing by P. Oram.)"
    assert forms.tail_start(line) == line.index("(Reporting")


def test_other_brackets_end_no_paragraph() -> None:
    assert forms.tail_start("The ban holds (according to a report by the ministry).") is None


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("ARTICLE AD BOX", "line"),
        ("Read Entire Article", "line"),
        ("5 months ago 4", "line"),
        ("COMMENTS (31)", "line"),
        ("23 comments", "line"),
        ("Read full article at Ravelin", "line"),
        ("[Read full note] [Manage subscription]", "line"),
        ("Sign up to our newsletter", "line"),
        ("MORE: Inside the lakeside pad", "line"),
        ("Also being read right now: How to clean soot off stone", "line"),
        ("CAUGHT IT ON CAMERA? We pay for pictures. newsdesk@rattler.example", "line"),
        ("Do you work at the plant? Message the studio, we won't use your name.", "line"),
        ("VOTE: Should we shoot? Text BRASS YES or BRASS NO to 70700", "line"),
        ("* * *", "line"),
        ("You may also like", "heading"),
        ("You are getting this because your desk subscribes. Remove me.", "tail"),
    ],
)
def test_furniture(line: str, what: str) -> None:
    assert forms.furniture(line) == what


@pytest.mark.parametrize(
    "line",
    [
        "And what did you see? I saw six lights.",
        "Did you vote for him? Voters call it a sham.",
        "Published figures show 31 died there.",
        "Nobody was hurt.",
        "Pull the other one, Colonel.",
        "Next: the government must say who pays.",
        "More than 400 people called.",
        "Home secretary resigns",
        "The site director has not returned our calls.",
        "Share prices fell.",
        "Weather: fog patches, clearing by noon.",
    ],
)
def test_news_is_no_furniture(line: str) -> None:
    assert forms.furniture(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "Photograph: the works at Brannoch (Hanne Osk/Ishel Post)",
        "Pictures: Denholm Features",
        "Photo: Presidential press service",
        "FILE PHOTO: The quay",
        "Image source, Getty Images",
        "The mayor on Friday. (AP Photo/Jo Penn)",
        "Jo Penn via Getty Images",
    ],
)
def test_captions(line: str) -> None:
    assert forms.caption(line)


@pytest.mark.parametrize(
    "line",
    [
        "Photographs show the wagons.",
        "Images – seen by the Tide – show trains.",
        "Pictures taken on 2 June show trains of wagons.",
    ],
)
def test_sentences_about_pictures_are_no_captions(line: str) -> None:
    assert not forms.caption(line)


def test_agencies_are_known_alone_and_together() -> None:
    assert [forms.is_agency(n) for n in ("Reuters", "the AP", "AFP/dpa", "AP and Reuters", "Norvane")] == [
        True,
        True,
        True,
        True,
        False,
    ]
