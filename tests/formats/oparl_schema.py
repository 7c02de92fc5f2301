"""Fields and types of OParl 1.1 by object, from its published schema of 14 July 2020."""

# Object -> what is required, and type of each field.
FIELDS: dict[str, tuple[str, dict[str, str]]] = {
    "System": (
        "id type oparlVersion body",
        {
            "url": "id license body website vendor product web",
            "string": "type oparlVersion name contactEmail contactName",
            "array": "otherOparlVersions",
            "moment": "created modified",
            "boolean": "deleted",
        },
    ),
    "Body": (
        "id type name organization person meeting paper legislativeTerm",
        {
            "url": "id system website license organization person meeting paper "
            "agendaItem consultation file locationList legislativeTermList membership "
            "mainOrganization web",
            "string": "type shortName name ags rgs contactEmail contactName classification",
            "moment": "licenseValidSince oparlSince created modified",
            "array": "equivalent legislativeTerm keyword",
            "object": "location",
            "boolean": "deleted",
        },
    ),
    "Organization": (
        "id type",
        {
            "url": "id body meeting consultation subOrganizationOf website externalBody web",
            "string": "type name shortName organizationType classification license",
            "array": "membership post keyword",
            "day": "startDate endDate",
            "object": "location",
            "integer": "memberCount votingMemberCount",
            "moment": "created modified",
            "boolean": "deleted",
        },
    ),
    "Membership": (
        "id type",
        {
            "url": "id person organization onBehalfOf web",
            "string": "type role license",
            "boolean": "votingRight deleted",
            "day": "startDate endDate",
            "array": "keyword",
            "moment": "created modified",
        },
    ),
    "Meeting": (
        "id type",
        {
            "url": "id web",
            "string": "type name meetingState license",
            "boolean": "cancelled deleted",
            "moment": "start end created modified",
            "object": "location invitation resultsProtocol verbatimProtocol",
            "array": "organization participant auxiliaryFile agendaItem keyword",
        },
    ),
    "AgendaItem": (
        "id type order",
        {
            "url": "id meeting consultation web",
            "string": "type number name result resolutionText license",
            "integer": "order",
            "boolean": "public deleted",
            "object": "resolutionFile",
            "array": "auxiliaryFile keyword",
            "moment": "start end created modified",
        },
    ),
    "Paper": (
        "id type",
        {
            "url": "id body web",
            "string": "type name reference paperType license",
            "day": "date",
            "array": "relatedPaper superordinatedPaper subordinatedPaper auxiliaryFile location "
            "originatorPerson underDirectionOf originatorOrganization consultation keyword",
            "object": "mainFile",
            "moment": "created modified",
            "boolean": "deleted",
        },
    ),
    "File": (
        "id type accessUrl",
        {
            "url": "id accessUrl downloadUrl externalServiceUrl masterFile fileLicense person web",
            "string": "type name fileName mimeType sha1Checksum sha512Checksum text license",
            "day": "date",
            "integer": "size",
            "array": "derivativeFile meeting agendaItem paper keyword",
            "moment": "created modified",
            "boolean": "deleted",
        },
    ),
    "Location": (
        "id type",
        {
            "url": "id web",
            "string": "type description streetAddress room postalCode subLocality locality license",
            "object": "geojson",
            "array": "bodies organizations persons meetings papers keyword",
            "moment": "created modified",
            "boolean": "deleted",
        },
    ),
}
