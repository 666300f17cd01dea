"""Small files in the layouts publishers use, written here: no row of any data set is in them."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from pactwatch.datasets.importing import read_tables
from pactwatch.datasets.kinds.gdelt import VERSION_1, VERSION_2
from pactwatch.datasets.shape import Reading

Rows = dict[str, list[dict[str, object]]]

PREAMBLE = (
    "Transfers of major conventional arms from All countries  to All countries . Deals with deliveries made for year "
    "range '1990' to '2023' ",
    "A '?' in a column indicates uncertain data.",
    "",
    "Source: SIPRI Arms Transfers Database (c) SIPRI.",
    "Data generated: 18 Mar 2024 6:13:50 PM",
)
OLD_HEADER = (
    "Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon description,Number delivered, ,"
    "Year(s) of delivery,status,Comments,SIPRI TIV per unit,SIPRI TIV for total order,SIPRI TIV of delivered weapons"
)
OLD_ROWS = (
    "Arcadia,x",
    "Japan,United States,2010,?,4,,F-0,fighter,4,?,2011; 2012,New,Part of a deal; assembled there,5,20,20",
    "Japan,Soviet Union,1989,,2,?,Il-0,transport,2,,1991,Second hand,,3,6,6",
    "Philippines,Japan,2013,,10,,Boat-44,patrol craft,8,?,2016; 2017; 2018,New,,6,60,48",
    "Viet Nam,UAE,2012,,,,Gun-1,towed gun,0,,,New,,0.5,0,0",
    "MNLF (Philippines)*,unknown supplier(s),1999,?,3,?,Tube,mortar,3,?,1999,New,,0.1,0.3,0.3",
)[1:]

NEW_HEADER = (
    "SIPRI AT Database ID,Supplier,Recipient,Designation,Description,Armament category,Order date,Order date is "
    "estimate,Numbers delivered,Numbers delivered is estimate,Delivery year,Delivery year is estimate,Status,SIPRI "
    "estimate,TIV deal unit,TIV delivery values,Local production"
)
NEW_ROWS = (
    "1,United States,Japan,F-0,fighter,Aircraft,2010,Yes,3,No,2014,No,New,5,5,15,No",
    "1,United States,Japan,F-0,fighter,Aircraft,2010,Yes,1,No,2019,Yes,New,5,5,5,No",
    "2,Germany,Japan,Engine,engine,Engines,2018,No,5,No,2019,No,New,1,1,5,Yes",
    "3,Japan,Philippines,Boat-44,patrol craft,Ships,2013,No,2,Yes,2016,No,New,6,6,12,No",
    "4,United States,Philippines,C-0,transport,Aircraft,2013,No,1,No,2016,No,Second hand,10,4,4,No",
    "5,Israel,Philippines,Radar,radar,Sensors,2019,No,2,No,2022,No,New,8,8,16,No",
)

TIV = (
    "Volume of transfers of major arms\nFigures are in millions of SIPRI trend-indicator values (TIVs).\n\n"
    "Source: SIPRI Arms Transfers Database (c) SIPRI.\nData generated: 13 Apr 2024 3:53:58 PM\n\n"
    "Recipient,2020,2021,2022,2020-2022,Percentage\n"
    "Japan,10,,21,31,62%\nUAE,5,0 ,,5,10%\nLibya HoR*,,,14,14,28%\nTotal world import,15,0 ,35,50,100%\n\n"
)

DCAD = (
    "ccode1,cowName1,ccode2,cowName2,signDay,signMonth,signYear,EIFDay,EIFMonth,EIFYear,type,category1,category2,"
    "category3,span,renewType,renewYears,terminated,durationActual,endYearEstimate,asymmetry,categoryConf,UNTS,"
    "fullText,sourceType,source,factivaConf,factivaSign,factivaEIF,DCAid\n"
    "2,USA,740,JPN,1,4,1984,1,4,1984,sector,PROCUREMENT,,,5,,,0,,2010,1,high,,Y,treaty,x,,,,DCADv1.0-0001\n"
    "740,JPN,816,DRV,,3,1997,,,,general,DCA,,,-77,-77,-77,-88,,2010,0,med,,N,factiva,x,,,,DCADv1.0-0002\n"
    "365,RUS,740,JPN,,,1990,,,,general,DCA,DIC,,,,,-99,,2010,0,low,,N,factiva,x,,,,DCADv1.0-0003\n"
    "145,VEN,740,JPN,2,2,2000,,,,general,DCA,,,-88,,,1,,2005,0,low,,N,factiva,x,,,,DCADv1.0-0004\n"
)

_MME_HEAD = (
    "MMEID,Ex_Name,Series_Name,{0}Location,lat,lon,StartDate,s.year,s.month,s.day,EndDate,e.year,e.month,e.day,CPX,"
    "Air,Land,Sea,Amphibious,Cyber,Warfighting,Peacekeeping,Humanitarian,FocusDescription,AdditionalParticipantInfo"
)
MME_WIDE = (
    _MME_HEAD.format("") + ",StateA,StateB,StateC\n"
    "mme1,Reef 1,Reef,Guam,1,1,1/14/99,1999,1,14,1/21/99,1999,1,21,0,0,0,1,0,0,1,0,0,x,,Japan,Philippines,United "
    "States\n"
    "mme2,-9,,Okinawa,1,1,2004-05-xx,2004,5,xx,2004-05-xx,2004,5,xx,1,0,0,0,0,0,0,0,1,x,,Japan,Thailand,\n"
    "mme2,Other,,Crete,1,1,2006-01-xx,2006,1,xx,2006-02-xx,2006,2,xx,0,1,0,0,0,0,1,0,0,x,17 states,-9,,\n"
    "mme3,Volga,,Kaliningrad,1,1,7/7/89,1989,7,7,8/7/89,1989,8,7,0,0,1,0,0,0,1,0,0,x,,Russia,Baltic States,\n"
)
MME_LONG = (
    _MME_HEAD.format("gwcode,country,year,") + ",participant_count\n"
    "mme1,Reef 1,Reef,740,Japan,1999,Guam,1,1,1/14/99,1999,1,14,1/21/99,1999,1,21,0,0,0,1,0,0,1,0,0,x,,2\n"
    "mme1,Reef 1,Reef,840,Philippines,1999,Guam,1,1,1/14/99,1999,1,14,1/21/99,1999,1,21,0,0,0,1,0,0,1,0,0,x,,2\n"
)

ATOP = (
    "atopid,member,yrent,moent,dayent,yrexit,moexit,dayexit,bilat,phase,defense,offense,neutral,nonagg,consul,version\n"
    "3375,2,1960,6,23,0,0,0,1,0,1,0,0,0,1,5.1\n"
    "3375,740,1960,6,23,0,0,0,1,0,1,0,0,0,1,5.1\n"
    "2015,740,1915,10,19,1918,11,0,0,0,0,0,0,0,1,5.1\n"
    "2015,365,1915,10,19,1917,12,15,0,0,0,0,0,0,1,5.1\n"
)

CAPABILITIES = (
    "stateabb,ccode,year,milex,milper,irst,pec,tpop,upop,cinc,version\n"
    "USA,2,2000,100,10,5,5,300,100,0.683997983,2021\nJPN,740,2000,,5,4,-9,120,60,0.321458333,2021\nRUS,365,1950,9,9,9,9,9,9,1,2021\n"
    "DRV,816,2000,1,1,1,1,80,20,0.101696461,2021\n"
)
STATES = (
    "stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version\n"
    "CZE,315,Czechoslovakia,1918,10,28,1939,3,15,2016\nJPN,740,Japan,1860,1,1,1945,8,14,2016\n"
)
UNGA = (
    "Year,CountryAbb,CountryName,idealpoint,PctAgreeUS,PctAgreeRUSSIA\n"
    "1990,JPN,Japan,1.2,0.5,0.2\n1990,YAR,Yemen Arab Republic,-1.1,NA,0.9\n1950,RUS,Russia,-2.5,0.1,1\n"
)
SURVEY = "series,country,year,value,unit\ntrust,Japan,2019,51,percent\ntrust,Philippines,2021,58.2,percent\n"
TIES = "year,a,b\n2000,USA,JPN\n2000,JPN,PHI\n2000,PHI,USA\n"
NODES = "year,name,cinc\n2000,USA,0.5\n2000,JPN,0.2\n2000,PHI,0.1\n2000,MLT,0.0\n"

ICEWS_HEADER = (
    "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\tTarget "
    "Name\t"
    "Target Sectors\tTarget Country\tStory ID\tSentence "
    "Number\tPublisher\tCity\tDistrict\tProvince\tCountry\tLatitude\t"
    "Longitude"
)


def old_register(rows: Sequence[str] = OLD_ROWS, preamble: Sequence[str] = PREAMBLE) -> str:
    return "".join(f"{line}\n" for line in (*preamble, OLD_HEADER, *rows))


def new_register(rows: Sequence[str] = NEW_ROWS, preamble: Sequence[str] = PREAMBLE) -> str:
    return "".join(f"{line}\n" for line in (*preamble, NEW_HEADER, *rows))


def icews_line(number: int, day: str, source: str, target: str, code: str = "040", intensity: str = "1") -> str:
    cells = [str(number), day, f"Army ({source})", "NA", source, "x", code, intensity, f"Army ({target})", "NA", target]
    return "\t".join([*cells, "1", "1", "Some Paper", "NA", "NA", "NA", source, "1.0", "2.0"])


def icews(*lines: str) -> str:
    return "".join(f"{line}\n" for line in (ICEWS_HEADER, *lines))


def gdelt_line(number: int, day: str, actors: tuple[str, str], code: str = "042", **cells: str) -> str:
    """A line of 61 columns (58 with ``version="1"``)."""
    columns = (VERSION_1 if cells.pop("version", "2") == "1" else VERSION_2).columns
    values = {
        "GlobalEventID": str(number),
        "Day": day,
        "MonthYear": day[:6],
        "Year": day[:4],
        "FractionDate": f"{day[:4]}.5",
        "Actor1Name": actors[0],
        "Actor1CountryCode": actors[0] if len(actors[0]) == 3 and actors[0] != "ASN" else "",
        "Actor1KnownGroupCode": "ASN" if actors[0] == "ASN" else "",
        "Actor2Name": actors[1],
        "Actor2CountryCode": actors[1] if actors[1] != "ASN" else "",
        "Actor2KnownGroupCode": "ASN" if actors[1] == "ASN" else "",
        "IsRootEvent": "1",
        "EventCode": code,
        "EventBaseCode": code[:3],
        "EventRootCode": code[:2],
        "QuadClass": "1",
        "GoldsteinScale": "3.4",
        "NumMentions": "4",
        "NumSources": "1",
        "NumArticles": "4",
        "AvgTone": "-1.5",
        "ActionGeo_CountryCode": "JA",
        "DATEADDED": day,
        "SOURCEURL": "https://news.example/1",
    }
    return "\t".join((values | cells).get(name, "") for name in columns)


def gdelt_lines(count: int, seed: int = 1) -> list[str]:
    """Lines of random days, actors and codes."""
    chance = random.Random(seed)
    actors = ("JPN", "PHL", "USA", "VNM", "FRA", "ASN")
    codes = ("010", "036", "042", "057", "0312", "112", "190")
    return [
        gdelt_line(
            1000 + number,
            f"2015{chance.randint(1, 12):02d}{chance.randint(1, 28):02d}",
            (chance.choice(actors), chance.choice(actors)),
            chance.choice(codes),
        )
        for number in range(count)
    ]


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def zipped(folder: Path, name: str, members: Mapping[str, str]) -> Path:
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return folder / name


def read(path: Path) -> tuple[str, Rows, Reading]:
    """The kind of a file, its rows by table, and what was noticed."""
    kind, tables, reading = read_tables(path)
    return kind.name, {name: table.to_pylist() for name, table in tables.items()}, reading


def notes_of(reading: Reading) -> str:
    return "\n".join(str(note) for note in reading.findings.notes)


Cell = str | float | tuple[str | float, str]
"""Text, a number, or either with the colour of its letters."""


def write_workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[Cell]]]) -> Path:
    """A workbook of inline text and numbers; letters are black, red or blue."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    names = list(sheets)
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(names, 1))
    targets = "".join(f'<Relationship Id="rId{n}" Target="worksheets/sheet{n}.xml"/>' for n in range(1, len(names) + 1))
    fonts = '<font/><font><color rgb="FFFF0000"/></font><font><color indexed="12"/></font>'
    styles = "".join(f'<xf fontId="{n}"/>' for n in range(3))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", f'<workbook {main} xmlns:r="{office}"><sheets>{listed}</sheets></workbook>')
        archive.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{targets}</Relationships>")
        archive.writestr(
            "xl/styles.xml", f"<styleSheet {main}><fonts>{fonts}</fonts><cellXfs>{styles}</cellXfs></styleSheet>"
        )
        for n, name in enumerate(names, 1):
            rows = "".join(f'<row r="{at}">{_cells(row, at)}</row>' for at, row in enumerate(sheets[name], 1))
            archive.writestr(
                f"xl/worksheets/sheet{n}.xml", f"<worksheet {main}><sheetData>{rows}</sheetData></worksheet>"
            )
    return path


def _cells(row: Sequence[Cell], at: int) -> str:
    written = []
    for place, cell in enumerate(row):
        value, colour = cell if isinstance(cell, tuple) else (cell, "")
        style = {"": 0, "red": 1, "blue": 2}[colour]
        name = f"{chr(65 + place)}{at}"
        if isinstance(value, str):
            written.append(f'<c r="{name}" s="{style}" t="inlineStr"><is><t>{value}</t></is></c>')
        else:
            written.append(f'<c r="{name}" s="{style}"><v>{value}</v></c>')
    return "".join(written)


def milex_sheets() -> dict[str, list[list[Cell]]]:
    head: list[list[Cell]] = [["Military expenditure by country"], ["Figures in blue are estimates."]]
    return {
        "Front page": [["x"]],
        "Regional totals": [["Region", 2021.0, 2022.0, 2023.0], ["World", 100.0, 105.0, 112.0]],
        "Constant (2022) US$": [
            *head,
            ["Country", "", "Notes", 2021.0, 2022.0, 2023.0],
            ["Asia"],
            ["Japan", "", "§", 50.0, (55.0, "blue"), 60.0],
            ["Viet Nam", "", "", ("...", "red"), (9.0, "red"), "xxx"],
        ],
        "Share of GDP": [*head, ["Country", "Notes", 2021.0, 2022.0, 2023.0], ["Japan", "", 0.01, 0.011, 0.012]],
    }
