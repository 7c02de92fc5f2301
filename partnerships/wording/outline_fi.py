"""The outline of a letter of intent in Finnish, for cities that want a third language.

Not checked by a native speaker yet; somebody has to release it by name before it can be signed.
"""

from __future__ import annotations

TITLE = "Aiesopimus innovaatiokumppanuudesta"

# Heading and first wording by the slug of the clause.
WORDS: dict[str, tuple[str, str]] = {
    "parties": ("Osapuolet", "Tämän aiesopimuksen antavat yhdessä ”kumppanikaupungit”:"),
    "preamble": (
        "Johdanto",
        "{cities} kohtaavat samankaltaisia haasteita ja haluavat oppia toisiltaan, kehittää ja "
        "toimia yhdessä. Niiden vahvuudet täydentävät toisiaan. Yhteistyö rakentuu tähänastisille "
        "tapaamisille.",
    ),
    "purpose": (
        "Tarkoitus ja yhteinen tavoitekuva",
        "Kumppanuuden tarkoituksena on synnyttää yhdessä uutta ja yhdistää osapuolten "
        "innovaatioekosysteemit. Yhteinen tavoitekuva on:",
    ),
    "goals": (
        "Tavoitteet ja strategiat",
        "Kumppanikaupungeilla on seuraavat tavoitteet. Jokaisella tavoitteella on strategia ja "
        "mittari.",
    ),
    "fields": (
        "Yhteistyöalat",
        "Yhteistyö koskee seuraavia teemoja, toimialoja ja tutkimuksen painopisteitä. "
        "Yhteyspisteet voivat täydentää niitä yhteisellä merkinnällä.",
    ),
    "formats": (
        "Yhteistyömuodot",
        "Yhteistyötä tehdään seuraavissa muodoissa. Digitaaliset tapaamiset ovat samanarvoisia "
        "kuin tapaamiset paikan päällä.",
    ),
    "actors": (
        "Osallistuvat toimijat",
        "Kumppanikaupunkien puolelta osallistuvat seuraavat toimijat. Muita voi liittyä mukaan "
        "osapuolten suostumuksella.",
    ),
    "plan": (
        "Toimintasuunnitelma ja työryhmät",
        "Kumppanikaupungit laativat kahden vuoden toimintasuunnitelman. Ne voivat perustaa "
        "työryhmän kullekin yhteistyöalalle. Ne tapaavat vähintään kerran vuodessa, vuorotellen "
        "isäntinä.",
    ),
    "contacts": (
        "Koordinointi ja yhteyspisteet",
        "Kukin kumppanikaupunki nimeää yhteyspisteen. Nimettynä on tehtävä; sen hoitaja voi "
        "vaihtua tätä aiesopimusta muuttamatta.",
    ),
    "financing": (
        "Rahoitus",
        "Kukin kumppanikaupunki vastaa omista kustannuksistaan. Tästä aiesopimuksesta ei synny "
        "maksuvelvollisuutta. Kaikki hankkeet riippuvat käytettävissä olevista varoista ja "
        "toimivaltaisten toimielinten päätöksistä. Ulkopuolisista varoista sovitaan erikseen.",
    ),
    "rights": (
        "Tiedot, immateriaalioikeudet, luottamuksellisuus",
        "Olemassa olevat oikeudet säilyvät ennallaan. Oikeuksista yhteisiin tuloksiin sovitaan "
        "hankekohtaisesti. Kunkin maan julkisuuslainsäädäntöä noudatetaan. Henkilötietoja "
        "käsitellään vain lain sallimissa rajoissa.",
    ),
    "publicity": (
        "Viestintä",
        "Kumppanikaupungit sovittavat yhteen kumppanuutta koskevan viestintänsä. Vaakunoita ja "
        "tunnuksia käytetään vain suostumuksella. Tulokset julkaistaan selkeällä kielellä.",
    ),
    "monitoring": (
        "Seuranta, arviointi ja tarkistus",
        "Kumppanikaupungit seuraavat tavoitteiden mittareita ja raportoivat vuosittain. Ennen "
        "voimassaoloajan päättymistä ne arvioivat yhdessä, jatketaanko ja miten.",
    ),
    "nature": (
        "Oikeudellinen luonne",
        "Tämä aiesopimus ilmaisee yhteisen tahdon. Se ei luo tuomioistuimessa vaadittavia "
        "oikeuksia tai velvollisuuksia eikä ole kansainvälisoikeudellinen sopimus.",
    ),
    "relation": (
        "Suhde muihin sopimuksiin",
        "Ystävyyskaupunkisuhteet ja muut sopimukset säilyvät ennallaan. Kumppanuus ei ole "
        "yksinomainen.",
    ),
    "term": (
        "Voimassaoloaika ja jatkaminen",
        "Tämä aiesopimus tulee voimaan viimeisestä allekirjoituksesta. Arvioinnin jälkeen sitä "
        "voidaan jatkaa yhteisellä kirjallisella ilmoituksella.",
    ),
    "amendment": (
        "Muuttaminen",
        "Muutokset tehdään kirjallisesti ja ne edellyttävät kaikkien osapuolten suostumusta.",
    ),
    "ending": (
        "Päättäminen",
        "Kukin kumppanikaupunki voi päättää kumppanuuden kirjallisesti. Käynnissä olevat hankkeet "
        "viedään loppuun.",
    ),
    "disputes": (
        "Erimielisyydet",
        "Erimielisyydet ratkaisevat sovinnollisesti ensin yhteyspisteet ja sitten hallintojen "
        "johto.",
    ),
    "versions": (
        "Kieliversiot ja kappaleet",
        "Tällä aiesopimuksella on saksan-, englannin- ja suomenkielinen versio. Kaikki ovat yhtä "
        "päteviä. Se laaditaan yhtenä sinetöitynä sähköisenä asiakirjana; jokainen tiedoston "
        "kopio on alkuperäiskappale.",
    ),
    "bodies": ("Toimielinten hyväksyntä", "Kumppanikaupungit viittaavat toimielimiinsä:"),
    "signatures": (
        "Allekirjoitukset",
        "Kumppanikaupunkien puolesta allekirjoittavat sähköisesti seuraavat henkilöt. Kuka on "
        "allekirjoittanut, milloin ja miten, käy ilmi portaalin tarkistussivulta.",
    ),
}

# With a third language the clause about languages reads otherwise in the first two as well.
THREE_LANGUAGES = {
    "de": "Diese Erklärung besteht aus einer deutschen, einer englischen und einer finnischen "
    "Fassung. Alle gelten gleichermaßen. Sie wird als ein gesiegeltes elektronisches Dokument "
    "ausgefertigt; jede Kopie der Datei ist ein Original.",
    "en": "This letter has a German, an English and a Finnish version. All are equally valid. It "
    "is issued as one sealed electronic document; every copy of the file is an original.",
}
