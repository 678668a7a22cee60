"""Editing, comparing, deleting and moving, as the people who do it meet them."""

import re
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from groepen.fouten import Botsing, Weigering
from groepen.models import Antwoord, Groep, Reactie, Thread, Versie, Vraag
from groepen.vergelijk import vergelijk, vergelijk_opmaak
from groepen.wissen import wis_verwijderd
from intranet import text


@pytest.fixture
def vraag(open_groep, anna):
    return open_groep.stel_vraag(anna, "Hoe lang duurt het?", "<p>Een week of twee.</p>")


@pytest.fixture
def antwoord(vraag, dora):
    return vraag.beantwoord(dora, "<p>Twee weken.</p>")


def als(client, wie):
    client.force_login(wie, backend="intranet.accounts.InlogBackend")
    return client


def test_an_edit_keeps_what_stood_there(client, vraag, anna):
    adres = f"/vragen/{vraag.pk}/bewerken/"
    assert "Een week of twee." in als(client, anna).get(adres).content.decode()

    antwoord = client.post(
        adres,
        {"titel": "Hoe lang duurt het nu?", "inhoud": "<p>Drie weken.</p>", "versie": 1, "onderwerpen": ""},
    )

    assert antwoord.status_code == 302
    vraag = Vraag.objects.select_related("thread").get(pk=vraag.pk)
    assert (vraag.titel, vraag.inhoud, vraag.versie) == ("Hoe lang duurt het nu?", "<p>Drie weken.</p>", 2)
    assert list(Versie.objects.values_list("nummer", "titel", "inhoud", "door")) == [
        (1, "Hoe lang duurt het?", "<p>Een week of twee.</p>", anna.pk)
    ]
    pagina = client.get(f"/vragen/{vraag.pk}/geschiedenis/").content.decode()
    assert "<del>het?</del><ins>het nu?</ins>" in pagina
    assert "<del>Een week of twee.</del> <ins>Drie weken.</ins>" in pagina


def test_of_two_who_edit_the_second_sees_both_texts(client, vraag, antwoord, dora, eva):
    adres = f"/antwoorden/{antwoord.pk}/bewerken/"
    als(client, dora).post(adres, {"inhoud": "<p>Van Dora.</p>", "versie": 1})

    pagina = als(client, eva).post(adres, {"inhoud": "<p>Van Eva.</p>", "versie": 1})

    assert pagina.status_code == 409
    tekst = pagina.content.decode()
    assert "Van Dora." in tekst
    assert "Van Eva." in tekst
    assert 'name="versie" value="2"' in tekst
    assert f"{dora.naam} heeft deze tekst intussen aangepast" in tekst
    assert "<p><del>Twee weken.</del> <ins>Van Dora.</ins></p>" in tekst
    assert "<p><del>Twee weken.</del> <ins>Van Eva.</ins></p>" in tekst
    antwoord.refresh_from_db()
    assert antwoord.inhoud == "<p>Van Dora.</p>"

    client.post(adres, {"inhoud": "<p>Van allebei.</p>", "versie": 2})
    antwoord.refresh_from_db()
    assert antwoord.inhoud == "<p>Van allebei.</p>"
    assert antwoord.versies.count() == 2


def test_in_two_windows_of_your_own_nobody_else_is_named(client, vraag, anna):
    adres = f"/vragen/{vraag.pk}/bewerken/"
    als(client, anna).post(adres, {"titel": "Eerst", "inhoud": "<p>Een week.</p>", "versie": 1})

    tekst = client.post(
        adres, {"titel": "Daarna", "inhoud": "<p>Een jaar.</p>", "versie": 1}
    ).content.decode()

    assert "Je hebt deze tekst intussen zelf al aangepast" in tekst
    assert "<del>Hoe lang duurt het?</del><ins>Eerst</ins>" in tekst
    assert "<del>Hoe lang duurt het?</del><ins>Daarna</ins>" in tekst


def test_a_remark_without_history_shows_both_texts(client, vraag, antwoord, bram, dora):
    reactie = Reactie.geef(vraag.thread, dora, "Dat klopt niet.", antwoord=antwoord)
    adres = f"/reacties/{reactie.pk}/bewerken/"
    als(client, dora).post(adres, {"inhoud": "<p>Dat klopt.</p>", "versie": 1})

    tekst = client.post(adres, {"inhoud": "<p>Dat klopt bijna.</p>", "versie": 1}).content.decode()

    assert "Deze tekst is intussen al aangepast" in tekst
    assert "<p>Dat klopt.</p>" in tekst
    assert "<p>Dat <del>klopt.</del> <ins>klopt bijna.</ins></p>" in tekst


def test_a_collision_changes_nothing(vraag, anna):
    vraag.bewerk(anna, titel="Eerst deze titel", inhoud="a", versie=1)
    with pytest.raises(Botsing):
        vraag.bewerk(anna, titel="Daarna deze", inhoud="b", versie=1)
    assert Thread.objects.get().titel == "Eerst deze titel"


@pytest.mark.parametrize(
    ("wie", "status"),
    [("anna", 403), ("bram", 403), ("dora", 200), ("eva", 200), ("chris", 404), ("finn", 404)],
)
def test_who_may_edit_an_answer(request, client, antwoord, wie, status):
    als(client, request.getfixturevalue(wie))
    assert client.get(f"/antwoorden/{antwoord.pk}/bewerken/").status_code == status
    assert client.get(f"/antwoorden/{antwoord.pk}/verwijdering/").status_code == status


def test_bad_input_keeps_what_was_typed(client, vraag, anna):
    adres = f"/vragen/{vraag.pk}/bewerken/"
    lang = "a" * 10_000
    pagina = als(client, anna).post(adres, {"titel": lang, "inhoud": "<p>Blijft staan</p>", "versie": 1})
    assert pagina.status_code == 422
    assert lang in pagina.content.decode()
    assert "Blijft staan" in pagina.content.decode()
    assert "10.000 tekens" in pagina.content.decode()
    assert client.post(adres, {"titel": "", "inhoud": "", "versie": 1}).status_code == 422
    assert client.post(adres, {"titel": "Goede titel", "inhoud": "", "versie": "x"}).status_code == 422


def test_an_edited_answer_is_no_longer_checked(antwoord, dora):
    antwoord.controleer(dora)
    antwoord.bewerk(dora, inhoud="<p>Anders.</p>", versie=1)
    assert not antwoord.is_gecontroleerd
    assert not Thread.objects.get().heeft_gecontroleerd


def test_deleting_leaves_the_thread_readable(client, vraag, antwoord, anna, dora, open_groep):
    Reactie.geef(vraag.thread, anna, "Dank je.", antwoord=antwoord)
    als(client, dora).post(f"/antwoorden/{antwoord.pk}/verwijdering/", {"actie": "verwijderen"})

    pagina = client.get(f"/vragen/{vraag.pk}/").content.decode()
    assert "Twee weken." not in pagina
    assert "Dit antwoord is verwijderd" in pagina
    assert "Een week of twee." in pagina
    groep = Groep.objects.get(pk=open_groep.pk)
    assert (groep.aantal_vragen, groep.aantal_onbeantwoord) == (1, 1)

    client.post(f"/antwoorden/{antwoord.pk}/verwijdering/", {"actie": "terugzetten"})
    assert "Twee weken." in client.get(f"/vragen/{vraag.pk}/").content.decode()
    assert Groep.objects.get(pk=open_groep.pk).aantal_onbeantwoord == 0


def test_deleting_the_question_keeps_the_answers(client, vraag, antwoord, anna, open_groep):
    als(client, anna).post(f"/vragen/{vraag.pk}/verwijdering/", {"actie": "verwijderen"})

    pagina = client.get(f"/vragen/{vraag.pk}/").content.decode()
    assert "Hoe lang duurt het?" not in pagina
    assert "Twee weken." in pagina
    assert "Hoe lang duurt het?" not in client.get(f"/groepen/{open_groep.slug}/").content.decode()
    assert Groep.objects.get(pk=open_groep.pk).aantal_vragen == 0


def test_after_thirty_days_the_text_is_gone(vraag, antwoord, anna, dora):
    vraag.bewerk(anna, titel="Hoe lang?", inhoud="<p>Nieuw.</p>", versie=1)
    antwoord.verwijder(dora)
    vraag.thread.verwijder(anna)
    assert wis_verwijderd(timezone.now() + timedelta(days=29)) == {
        "vragen": 0,
        "antwoorden": 0,
        "reacties": 0,
    }
    later = timezone.now() + timedelta(days=31)

    assert wis_verwijderd(later) == {"vragen": 1, "antwoorden": 1, "reacties": 0}
    assert wis_verwijderd(later) == {"vragen": 0, "antwoorden": 0, "reacties": 0}

    assert list(Vraag.objects.values_list("inhoud", "thread__titel", "thread__fragment")) == [("", "", "")]
    assert list(Antwoord.objects.values_list("inhoud", flat=True)) == [""]
    assert not Versie.objects.exists()
    Thread.objects.update(verwijderd_op=timezone.now() - timedelta(days=31))
    with pytest.raises(Weigering, match="30 dagen"):
        Thread.objects.get().zet_terug(anna)


def test_moving_keeps_the_address(client, vraag, antwoord, besloten_groep, open_groep, dora, bram):
    assert als(client, bram).get(f"/vragen/{vraag.pk}/").status_code == 200
    adres = f"/vragen/{vraag.pk}/verplaatsing/"

    assert als(client, dora).post(adres, {"groep": besloten_groep.pk}).status_code == 302

    assert client.get(f"/vragen/{vraag.pk}/").status_code == 200
    assert als(client, bram).get(f"/vragen/{vraag.pk}/").status_code == 404
    tellers = {g.slug: (g.aantal_vragen, g.aantal_onopgelost) for g in Groep.objects.all()}
    assert tellers == {open_groep.slug: (0, 0), besloten_groep.slug: (1, 1)}


def test_only_where_the_mover_may_write(client, vraag, eva, dora, zandmeer):
    elders = Groep.start(eva, naam="Zonder Dora", soort="besloten")
    pagina = als(client, dora).post(f"/vragen/{vraag.pk}/verplaatsing/", {"groep": elders.pk})
    assert pagina.status_code == 422
    assert "Zonder Dora" not in pagina.content.decode()
    assert Vraag.objects.get().groep != elders


def test_a_lid_does_not_move(client, vraag, anna):
    assert als(client, anna).get(f"/vragen/{vraag.pk}/verplaatsing/").status_code == 403


@pytest.mark.parametrize(
    ("oud", "nieuw", "stukken"),
    [
        ("een twee", "een twee", [("gelijk", "een twee")]),
        ("een twee", "een drie", [("gelijk", "een "), ("weg", "twee"), ("nieuw", "drie")]),
        ("", "nieuw", [("nieuw", "nieuw")]),
    ],
)
def test_two_titles_beside_each_other(oud, nieuw, stukken):
    assert vergelijk(oud, nieuw) == stukken
    assert "".join(stuk for soort, stuk in vergelijk(oud, nieuw) if soort != "nieuw") == oud
    assert "".join(stuk for soort, stuk in vergelijk(oud, nieuw) if soort != "weg") == nieuw


BEELD = "/afbeeldingen/5f0c6a3e-7d0c-4f5e-9a55-0d4f3b1f8a11/"
TEKSTEN = [
    "",
    "<p>Bel de balie, dan weet je het.</p>",
    "<p>Bel de <strong>balie</strong>, dan weet je het.</p>",
    '<p>Bel <span data-mention="gebruiker:3">@Bram van Dijk</span> van de balie.</p>',
    "<p>Neem mee:</p><ul><li><p>je pas</p></li><li><p>een foto</p></li></ul>",
    "<p>Neem mee:</p><ul><li><p>je pas</p></li><li><p>een recente foto</p></li><li><p>geld</p></li></ul><hr>",
    "<p>Neem mee:</p><ol><li><p>je pas</p></li></ol><p>Tot dan!</p>",
    f'<p>Neem mee:</p><img src="{BEELD}" alt="een pas"><p>Tot dan!</p>',
    '<p>Kijk <a href="https://een.example" rel="noopener">hier</a> eens &amp; ook &lt;daar&gt;.</p>',
    '<p>Kijk <a href="https://twee.example" rel="noopener">hier</a> eens &amp; ook &lt;daar&gt;.</p>',
    "<table><tbody><tr><td><p>pas</p></td><td><p>40</p></td></tr></tbody></table>",
    "<table><tbody><tr><td><p>pas</p></td><td><p>41</p></td></tr>"
    "<tr><td><p>foto</p></td><td><p></p></td></tr></tbody></table>",
    "<pre><code>a = 1\n  b = 2</code></pre><blockquote><p>Zo <em>is</em> het.</p></blockquote>",
    "<h2>Zo gaat het</h2><p>Regel een<br>regel twee</p>",
]


def _zonder(html, merk):
    """The text as it was: without what one mark holds, and without the other mark itself."""
    html = re.sub(rf"<{merk}>.*?</{merk}>", "", html, flags=re.DOTALL)
    ander = {"ins": "del", "del": "ins"}[merk]
    return re.sub(rf"</?{ander}>", "", html)


@pytest.mark.parametrize("oud", range(len(TEKSTEN)))
def test_a_comparison_reads_as_both_texts(oud):
    for nieuw in TEKSTEN:
        samen = vergelijk_opmaak(TEKSTEN[oud], nieuw)
        if TEKSTEN[oud] == nieuw:
            assert samen == nieuw
            continue
        assert "<ins>" in samen or "<del>" in samen
        weg = [
            " ".join(text.plain(re.sub(r" \(https://[^)]*\)", "", t)).split())
            for t in (_zonder(samen, "ins"), _zonder(samen, "del"))
        ]
        assert weg == [" ".join(text.plain(t).split()) for t in (TEKSTEN[oud], nieuw)]


@pytest.mark.parametrize(
    ("oud", "nieuw", "samen"),
    [
        # A list stays a list; the item that came is marked, the item that changed in its words.
        (4, 5, "<p>Neem mee:</p><ul><li><p>je pas</p></li><li><p>een <ins>recente</ins> foto</p></li>"
               "<li><p><ins>geld</ins></p></li></ul><ins><hr></ins>"),
        # Formatting, a link and an image are changes too.
        (1, 2, "<p>Bel de <del>balie,</del> <ins><strong>balie</strong>,</ins> dan weet je het.</p>"),
        (8, 9, '<p>Kijk <del><a href="https://een.example" rel="noopener">hier</a> (https://een.example)'
               '</del> <ins><a href="https://twee.example" rel="noopener">hier</a> (https://twee.example)'
               "</ins> eens &amp; ook &lt;daar&gt;.</p>"),
        (6, 7, "<p>Neem mee:</p><ol><li><p><del>je pas</del></p></li></ol>"
               f'<ins><img src="{BEELD}" alt="een pas"></ins><p>Tot dan!</p>'),
        # A cell keeps its column.
        (10, 11, "<table><tbody><tr><td><p>pas</p></td><td><p><del>40</del> <ins>41</ins></p></td></tr>"
                 "<tr><td><p><ins>foto</ins></p></td><td><p></p></td></tr></tbody></table>"),
    ],
)  # fmt: skip
def test_a_comparison_keeps_the_shape(oud, nieuw, samen):
    assert vergelijk_opmaak(TEKSTEN[oud], TEKSTEN[nieuw]) == samen


def test_comparing_long_texts_takes_no_time():
    """At worst SequenceMatcher is quadratic: a hostile text must not hold a worker."""
    lang = "<p>" + "a " * 40_000 + "</p>"
    veel = "".join(f"<p>regel {nummer} van de lijst</p>" for nummer in range(2_000))
    begin = time.process_time()
    vergelijk_opmaak(lang, lang.replace("a a a", "a b a"))
    vergelijk_opmaak(veel, veel.replace("regel 1", "zin 1"))
    vergelijk_opmaak("<p>" + "a " * 499 + "</p>", "<p>" + "a b " * 900 + "</p>")
    vergelijk_opmaak("<p>" + "a " * 2_000 + "</p>", "<p>" + "a b " * 99 + "</p>")
    vergelijk_opmaak("<p>a</p>" * 2_000, "<p>a</p><p>b</p>" * 1_000)
    assert time.process_time() - begin < 3
