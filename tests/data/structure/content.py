"""The tables and texts of the pages: invented figures and places, sentences of our own.

A table is a picture of its grid: ``"<"`` goes on from the left, ``"^"`` from above, ``""`` is an
empty cell.  ``head``: rows of heading; ``indent``: rows whose first cell is set in.
"""

# ruff: noqa: E501 - a row of a table is a line
from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Grid:
    """One table: its rows, how many of them are headings, its caption and its foot."""

    rows: tuple[tuple[str, ...], ...]
    head: int = 1
    caption: str = ""
    foot: str = ""
    indent: tuple[int, ...] = ()
    words: tuple[int, ...] = (0,)
    widths: tuple[int, ...] = ()


def grid(picture: str, **more: object) -> Grid:
    """A grid from lines of cells parted by ``|``."""
    rows = [line.split("|") for line in picture.strip("\n").split("\n")]
    cells = tuple(tuple(cell.strip() for cell in row) for row in rows)
    assert len({len(row) for row in cells}) == 1, picture
    return Grid(rows=cells, **more)  # type: ignore[arg-type]


HOUSING = grid(
    """
Type of dwelling|Dwellings (1,000)|<|<|Average rent ($)|<
^|2019|2020|2021|2020|2021
All dwellings|1,284.6|1,301.2|1,322.9|914|951
Owner-occupied|802.3|811.9|824.0|(X)|(X)
With mortgage|511.7|514.2|520.8|(X)|(X)
Without mortgage|290.6|297.7|303.2|(X)|(X)
Rented|428.1|433.0|441.5|914|951
Municipal|97.4|96.8|96.1|702|718
Private|330.7|336.2|345.4|976|1,019
Vacant|54.2|56.3|57.4|–|–
""",
    head=2,
    caption="Table 14. Dwellings by tenure, and average rent: 2019 to 2021",
    foot="(X) Not applicable. – Represents zero. Source: Office of Housing of Norfell County.",
    indent=(4, 5, 7, 8),
)

BALANCE = grid(
    """
|December 31,|<
|2023|2022
Assets||
Current assets||
Cash and cash equivalents|1,204,118|986,402
Trade receivables, net of allowances of 4,201 and 3,877|2,530,946|2,611,080
Inventories|744,020|701,355
Total current assets|4,479,084|4,298,837
Property, plant and equipment, net|3,118,240|3,077,915
Goodwill|512,000|512,000
Total assets|8,109,324|7,888,752
Liabilities and equity||
Current liabilities|1,998,310|2,044,187
Long-term debt, less current maturities|2,750,000|2,900,000
Retained earnings (deficit)|(112,046)|(301,977)
Other equity|3,473,060|3,246,542
Total liabilities and equity|8,109,324|7,888,752
""",
    head=2,
    caption="Consolidated balance sheets (in thousands of dollars)",
    indent=(4, 5, 6),
    widths=(60, 20, 20),
)

KREISE = grid(
    """
Landkreis|Fläche|Einwohner|<|Veränderung|Dichte
^|km²|31.12.2021|31.12.2022|%|Einw./km²
Altenried|1.204,6|98.410|98.977|0,6|82
Bad Hohnstein|876,2|143.055|142.318|-0,5|162
Eschenau|655,0|201.774|203.602|0,9|311
Grünfeld|1.480,3|77.209|76.540|-0,9|52
Lindwerder|233,9|310.846|313.115|0,7|1.339
Osterbruch|990,1|64.388|64.402|0,0|65
Insgesamt|5.440,1|895.682|898.954|0,4|165
""",
    head=2,
    caption="Tabelle 3: Fläche und Bevölkerung der Landkreise",
    foot="Quelle: Statistisches Amt der Region Altenried, eigene Berechnung.",
)

MESURES = grid(
    """
Mesure|Service responsable|Échéance|Coût (k€)
Rénover les écoles primaires dont la chaudière a plus de vingt ans, en commençant par le quartier nord|Direction du patrimoine|2026|1 450
Ouvrir un guichet unique pour les démarches des familles|Accueil et citoyenneté|2025|120
Planter deux mille arbres le long des boulevards et dans les cours des collèges|Espaces verts, avec les associations de quartier|2028|640
Former les agents à l’accueil des personnes sourdes ou malentendantes|Ressources humaines|2025|35
Étendre la piste cyclable jusqu’à la gare|Voirie|2027|2 310
""",
    caption="Tableau 2 – Mesures du plan et moyens engagés",
    words=(0, 1),
    widths=(46, 28, 13, 13),
)

ENERGY = grid(
    """
Country|2015|2016|2017|2018|2019|2020|2021
Arvonia|12.4|12.9|13.3|14.0|14.8|16.1|16.9
Belmark|30.1|30.8|31.5|33.0|34.2|36.6|37.1
Corvania (¹)|8.0|8.2|:|8.9|9.4|10.2|10.4
Dalland|41.7|42.0|43.1|44.8|45.5|47.0|48.2
Estmere|5.5|5.6|5.9|6.1|6.6|7.4|8.0
Farrow Islands|71.2|72.6|73.0|73.4|74.9|76.3|77.7
Gelden (²)|:|:|18.2|18.4|19.1|20.6|21.3
Average|24.1|24.6|25.2|26.3|27.2|28.9|29.8
""",
    caption="Table 5: Share of renewable energy in final consumption (%)",
    foot="(¹) Break in series, 2017. (²) Data from 2017 on. (:) Not available.",
)

DEFINITIONS = grid(
    """
Indicator|Definition|Source
Employment rate|Persons in work aged 20 to 64 as a percentage of all persons of that age, both sexes, yearly average|Labour force survey
Early leavers|Persons aged 18 to 24 with at most lower secondary education who are no longer in education or training|Labour force survey
Recycling|Waste recycled as a percentage of the waste collected by or for the municipality|Waste register
Green space|Square metres of public green space within the built-up area, per inhabitant|Land register
""",
    words=(0, 1, 2),
    widths=(22, 56, 22),
)

BUDGET = grid(
    """
Account|Budget 2023|Actual 2023|Variance|<|Budget 2024
^|^|^|amount|per cent|^
Revenue|<|<|<|<|<
Property tax|18,400|18,655|255|1.4|18,900
Fees and charges|4,120|3,987|(133)|(3.2)|4,150
Grants received|9,750|9,750|0|0.0|10,020
Expenditure|<|<|<|<|<
Staff|14,980|15,204|224|1.5|15,610
Supplies|6,300|6,102|(198)|(3.1)|6,410
Capital works|8,200|7,345|(855)|(10.4)|9,000
Transfers|2,500|2,511|11|0.4|2,550
""",
    head=2,
    caption="Budget and actual, city of Westmoor (thousands)",
)

TRIALS = grid(
    """
Method|Set A|<|<|Set B|<|<
^|P|R|F|P|R|F
Baseline|71.2|64.9|67.9|58.3|60.1|59.2
Rules only|80.4|70.0|74.8|66.0|61.7|63.8
Rules and lexicon|82.7|75.5|78.9|70.9|66.4|68.6
Full|85.1|79.3|82.1|73.6|70.2|71.9
""",
    head=2,
    caption="Table 1: Precision, recall and F on both sets",
)

WIDE = grid(
    """
Station|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Year
Amberley|61|48|52|44|57|63|70|74|66|71|69|65|740
Brightholm|88|70|66|51|49|54|58|69|77|91|95|93|861
Castlerigg|140|112|101|79|71|76|82|98|119|147|151|149|1,325
Dunmere|45|38|41|40|46|50|49|53|48|55|52|49|566
Elmstead|52|41|43|45|50|48|52|57|53|62|60|56|619
Foxholes|70|59|60|58|61|66|68|75|70|79|78|75|819
Gorse Hill|97|80|77|60|58|61|69|80|88|101|104|103|978
Highcliffe|64|50|49|42|44|41|39|50|57|73|74|70|653
""",
    caption="Rainfall by month, 1991–2020 (mm)",
)

SERVICES = grid(
    """
Service|Unit|Opening hours|Visitors 2023
Central library|Culture|Mon–Fri 9–19|184,220
^|^|Sat 10–16|41,905
Swimming pool North|Sports|daily 7–21|96,340
Town museum|Culture|Tue–Sun 10–17|22,118
Advice centre|Social affairs|Mon, Wed 8–12|5,087
""",
    caption="Municipal services and visitors",
    words=(0, 1, 2),
)

EMPLOI = grid(
    """
Secteur|Hommes|Femmes|Ensemble
Agriculture|3 204|1 118|4 322
Industrie|18 960|7 455|26 415
Construction|9 871|1 020|10 891
Commerce et services|31 450|38 207|69 657
Administration|12 030|20 984|33 014
Total|75 515|68 784|144 299
""",
    caption="Emploi par secteur et par sexe, 2022",
)

AYUDAS = grid(
    """
Programa|Solicitudes|Concedidas|Importe medio (€)
Vivienda joven|1.215|804|2.400
Comedor escolar|3.980|3.611|415
Transporte rural|642|598|180
Rehabilitación energética de edificios anteriores a 1980|377|190|6.950
""",
    caption="Cuadro 7. Ayudas municipales concedidas",
    widths=(46, 18, 18, 18),
)

WARDS = grid(
    """
Ward|Electors|Votes|Turnout
Abbey|6,204|3,511|56.6%
Bridge|5,870|2,966|50.5%
Castle|7,015|4,480|63.9%
Docks|4,933|2,014|40.8%
""",
    caption="Turnout by ward",
)

SEATS = grid(
    """
Party|Seats 2019|Seats 2023
Civic Union|14|17
Green Forum|9|11
Harbour List|6|3
Independents|4|2
""",
    caption="Seats on the council",
)

PROSE = {
    "en": (
        "The council looks back on a year in which most of its plans were carried out. Where they "
        "were not, the reason was seldom money: contractors were hard to find, and two permits "
        "came late. The following pages say what was done, what it cost, and what comes next.",
        "Rents rose more slowly than in the year before. In the northern districts about 1,200 "
        "dwellings were finished, among them 310 for families with a low income. The share of "
        "vacant dwellings stayed at 4.3 per cent, which is close to the mean of ten years.",
        "Figures are those of the registers as they stood at the end of March. Small differences "
        "in totals come from rounding. Whoever compares them with earlier reports should bear in "
        "mind that the boundary of the county was moved in 2018.",
    ),
    "de": (
        "Der Bericht beschreibt die Entwicklung der Landkreise seit der letzten Zählung. Die Zahl "
        "der Einwohner stieg um 0,4 Prozent, vor allem durch Zuzug in die Städte. Im ländlichen "
        "Raum nahm sie weiter ab.",
        "Die Fläche der Kreise hat sich durch eine Grenzänderung im Jahr 2020 um 12 Hektar "
        "verschoben. Frühere Angaben wurden nicht umgerechnet, sodass Vergleiche mit älteren "
        "Ausgaben nur mit Vorsicht möglich sind.",
    ),
    "fr": (
        "Le plan retient cinq mesures, choisies après une consultation à laquelle plus de deux "
        "mille habitants ont pris part. Chacune a un service responsable et une échéance ; le "
        "conseil examinera leur avancement chaque automne.",
        "Les coûts indiqués couvrent les travaux et les études, mais non l’entretien des années "
        "suivantes. Ils seront revus lors du prochain budget.",
    ),
    "es": (
        "El ayuntamiento concedió la mayor parte de las ayudas antes del verano. Las solicitudes "
        "crecieron un ocho por ciento, sobre todo en los barrios del este, y el plazo medio de "
        "respuesta fue de cuarenta días.",
    ),
}

POINTS = (
    "open the library on Saturdays as well;",
    "repair the roof of the town hall before winter;",
    "pay grants to clubs by the end of April;",
    "report on noise along the ring road.",
)

CONTENTS = (
    ("1 What was done", 3),
    ("2 What it cost", 9),
    ("2.1 Revenue", 10),
    ("2.2 Expenditure", 14),
    ("3 What comes next", 21),
    ("Annex: figures by ward", 27),
)

LITERATURE = (
    "Abbott, R. and Lim, S. (2014). Counting what counts: indicators in small towns. Harbour "
    "Press, 212 pp.",
    "Brandt, U. (2009). Kommunale Kennzahlen lesen. Verlag am Markt, 3rd edition, 145 pp.",
    "Cardoso, P., Ito, M. and Weiss, T. (2021). Yearly reports and their readers. Review of Local "
    "Affairs 44(2), 101–129.",
    "Dale, F. (2017). A short history of the ledger. Northgate, 98 pp.",
)
