"""Names of the invented people: first and family names from the many backgrounds of a town hall."""

from random import Random
from typing import NamedTuple

from profielen.namen import vouw


class Naam(NamedTuple):
    voornaam: str
    tussenvoegsel: str
    achternaam: str

    @property
    def voor_mail(self) -> str:
        """The part before the @: "annelies.wubbenvanderheijden"."""
        familie = "".join(teken for teken in vouw(self.tussenvoegsel + self.achternaam) if teken.isalnum())
        return f"{vouw(self.voornaam).replace(' ', '-').replace('’', '')}.{familie}"


# (how often, first names, family names); a family name may start with its tussenvoegsel.
_HERKOMST: tuple[tuple[int, str, str], ...] = (
    (
        58,
        "Anja Anneke Annemarie Arjan Arie Astrid Bas Bart Bert Carla Carolien Cees Corrie Daan Daniëlle Dennis Dirk "
        "Edwin Ellen Els Emma Erik Esther Eva Ferdinand Femke Floor Frank Gerard Gert-Jan Greetje Hans Harm Heleen "
        "Henk Hilde Ingrid Iris Jaap Jacqueline Jan-Willem Janneke Jasper Jeroen Jolanda Joost Joris Judith Karin "
        "Kees Koen Laura Leo Linda Lisette Lotte Luuk Maaike Maarten Marga Marianne Marieke Mark Marleen Martijn "
        "Mieke Mirjam Monique Nico Niels Nienke Paul Peter Petra Pieter Rianne Richard Rik Rob Roos Ruben Saskia "
        "Sebastiaan Simone Sjoerd Sofie Stefan Susanne Theo Thijs Thomas Tim Tineke Tom Trudy Ursula Vera Vincent "
        "Wendy Wilma Wim Wouter Yvonne",
        "de Jong,Jansen,de Vries,van den Berg,van Dijk,Bakker,Visser,Smit,Meijer,de Boer,Mulder,de Groot,Bos,Vos,"
        "Peters,Hendriks,van Leeuwen,Dekker,Brouwer,de Wit,Dijkstra,Smits,de Graaf,van der Meer,van der Linden,Kok,"
        "Jacobs,de Haan,Vermeulen,van den Heuvel,van der Veen,van den Broek,de Bruijn,de Bruin,van der Heijden,"
        "Schouten,van Beek,Willems,van Vliet,van de Ven,Hoekstra,Maas,Verhoeven,Koster,van Dam,van der Wal,Prins,"
        "Blom,Huisman,Peeters,Kuipers,van Veen,van Dongen,Veenstra,Kramer,van den Bosch,van der Meulen,Mol,Zwart,"
        "van Rijn,de Lange,Gerritsen,Post,Kuiper,Verbeek,van Loon,Schipper,Martens,van Wijk,Vink,Boer,Bosman,"
        "van 't Hof,in 't Veld,op den Kamp,ter Horst,ten Broeke,van der Zwaag,Oude Luttikhuis,van Oldenbarneveld",
    ),
    (
        7,
        "Anke Baukje Douwe Eelco Feike Femke Fokke Geertje Gerlof Hidde Hinke Ids Jelle Jitske Jorrit Klaske Nynke "
        "Oene Pytrik Renske Rinske Sietske Sybren Tjitske Tjalling Wiebe Wytske Yme",
        "Hofstra,Zijlstra,Terpstra,Postma,Bouma,Wiersma,de Jager,Sikkema,Adema,Nauta,Hoekema,van der Veer,Elzinga,"
        "Bijlsma,Kooistra,Faber,Haarsma,Tuinstra,Wierda,Ypma",
    ),
    (
        7,
        "Abdelkader Aïcha Anouar Bilal Fatima Hanane Hassan Hind Ibtissam Ikram Karim Khadija Loubna Mimoun Mohammed "
        "Mounir Nadia Naoual Noureddine Rachid Rachida Samira Siham Soufiane Yassine Younes Zakaria",
        "el Amrani,Bouali,Benali,el Khattabi,Azzouzi,Ouali,Amghar,Bouzidi,el Haddaoui,Chaouki,Ait Taleb,Oulad Ali,"
        "Boukhari,el Mansouri,Lahlali,Tahiri,Zeroual,el Bakkali,Aarab,Mouhoub",
    ),
    (
        6,
        "Ahmet Ayşe Burak Can Cem Deniz Derya Elif Emine Emre Esra Fatma Gülşen Hakan Hüseyin İbrahim Kübra Mehmet "
        "Meryem Murat Mustafa Nilgün Ömer Özlem Selin Serkan Sevda Şule Yusuf Zehra",
        "Yılmaz,Kaya,Demir,Şahin,Çelik,Öztürk,Aydın,Arslan,Doğan,Kılıç,Aslan,Çetin,Koç,Kurt,Özdemir,Polat,Güneş,"
        "Yıldırım,Erdoğan,Korkmaz",
    ),
    (
        7,
        "Anand Angela Clyde Dewi Errol Farida Glenn Humphrey Indra Iwan Jerrel Joan Kavita Lucia Marlon Mavis Melvin "
        "Naresh Patricia Priya Radjesh Ravi Ruth Sharda Sherida Stanley Sunita Urmila Wensley Xaviera",
        "Ramdin,Pinas,Ramsingh,Biharie,Jharap,Kartosen,Wijngaarde,Vrede,Tjon A Joe,Sewnarain,Mahabier,Landveld,"
        "Linger,Amatmohamed,Soerodimedjo,Lieveld,Martina,Maduro,Croes,Winklaar,Ramkhelawan,Nooitmeer,Tjin-Kon-Fat",
    ),
    (
        4,
        "Benny Dewi Evelien Frans Grace Herman Julia Max Merel Nanda Oscar Ratna Rudy Santi Tina Vera",
        "Matulessy,Pattinama,Sahetapy,Tahapary,Latuheru,Manuhutu,Soumokil,Leatemia,van Room,Hetharia,Salakory,Nanlohy",
    ),
    (
        2,
        "Agnieszka Aleksandra Ewa Karolina Katarzyna Kinga Magda Monika Zofia",
        "Kowalska,Nowak,Wiśniewska,Wójcik,Kamińska,Lewandowska,Zielińska,Mazur,Dąbrowska",
    ),
    (
        1,
        "Jakub Krzysztof Marek Mateusz Paweł Piotr Tomasz",
        "Nowak,Wiśniewski,Wójcik,Kamiński,Zieliński,Mazur,Lewandowski",
    ),
    (2, "Andriy Dmytro Iryna Oksana Olena Svitlana Vasyl", "Shevchenko,Kovalenko,Bondarenko,Melnyk,Lysenko,Tkachenko"),
    (1, "Bao Lan Linh Minh Thuy", "Nguyen,Tran,Pham,Le,Vo"),
    (1, "Mei Wei Jun Xin Ling", "Chen,Li,Wong,Zhang,Cheung"),
    (1, "Chidi Efua Kofi Grace Akua Emeka", "Owusu,Mensah,Okafor,Asante,Boateng"),
    (1, "Amir Narges Omid Parisa Reza Shirin", "Hosseini,Karimi,Ahmadi,Rahimi,Moradi"),
    (1, "Dawit Luwam Rahel Selam Yonas Abeba", "Tesfay,Ghebremedhin,Habtom,Tekle,Haile"),
    (1, "Abdi Farah Hodan Zainab Ayaan", "Abdullahi,Warsame,Mohamud,Jama,Farah"),
    (1, "Guillermo João Maria Lucia Salomé Inês", "da Silva,Fernandes,Rodríguez,Lopes,da Costa,Évora"),
    (1, "Amina Jamila Leila Amir Nour Samer", "Haddad,Al-Masri,Khalil,Saleh,Aziz"),
)  # fmt: skip
_TUSSEN = (
    "van der", "van den", "van de", "van 't", "in 't", "op den", "van", "de", "den", "der", "ter", "ten", "el", "da",
)  # fmt: skip
# Married names of two parts, long on purpose: lists and columns have to bear them.
_DUBBEL = [
    "van der Linden-Oosterhuis",
    "Brouwer-van den Eijnden",
    "van Hoogstraten-Zwanenburg",
    "de Jong-Bouzidi",
    "Schouten-Wijngaarde",
    "Kramer-de Ruijter",
    "van den Nieuwenhuijzen-ten Broeke",
    "Postma-Hogendoorn",
    "Yılmaz-Terpstra",
    "van Rijn-Matulessy",
]


def _splits(achternaam: str) -> tuple[str, str]:
    for woord in _TUSSEN:
        if achternaam.startswith(f"{woord} "):
            return woord, achternaam[len(woord) + 1 :]
    return "", achternaam


def namen(rnd: Random, aantal: int, bezet: set[str]) -> list[Naam]:
    """``aantal`` different names; ``bezet`` holds the mail names that are taken, and grows."""
    gewichten = [gewicht for gewicht, _voor, _achter in _HERKOMST]
    lijsten = [(voor.split(), achter.split(",")) for _gewicht, voor, achter in _HERKOMST]
    uit: list[Naam] = []
    while len(uit) < aantal:
        voornamen, achternamen = rnd.choices(lijsten, gewichten)[0]
        voornaam = rnd.choice(voornamen)
        if rnd.random() < 0.04:
            achternaam = rnd.choice(_DUBBEL)
        elif rnd.random() < 0.08:  # families mix
            achternaam = rnd.choice(rnd.choices(lijsten, gewichten)[0][1])
        else:
            achternaam = rnd.choice(achternamen)
        naam = Naam(voornaam, *_splits(achternaam))
        if naam.voor_mail not in bezet:
            bezet.add(naam.voor_mail)
            uit.append(naam)
    return uit
