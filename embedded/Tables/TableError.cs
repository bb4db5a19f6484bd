namespace CityBrain.Embedded.Tables;

/// <summary>A refusal of the service: HTTP status, error code and text, as documented under "Table service error codes".</summary>
internal sealed record TableError(int Status, string Code, string Message)
{
    /// <summary>Index of the action of a transaction that is to blame; null when there is none.</summary>
    public int? Action { get; private init; }

    public static readonly TableError TableNotFound = new(404, "TableNotFound", "The table specified does not exist.");
    public static readonly TableError TableAlreadyExists = new(409, "TableAlreadyExists", "The table specified already exists.");
    public static readonly TableError ResourceNotFound = new(404, "ResourceNotFound", "The specified resource does not exist.");
    public static readonly TableError EntityAlreadyExists = new(409, "EntityAlreadyExists", "The specified entity already exists.");
    public static readonly TableError UpdateConditionNotSatisfied = new(412, "UpdateConditionNotSatisfied", "The update condition specified in the request was not satisfied.");
    public static readonly TableError EntityTooLarge = new(400, "EntityTooLarge", "The entity is larger than the maximum allowed size (1MB).");
    public static readonly TableError TooManyProperties = new(400, "TooManyProperties", "The entity contains more properties than allowed (252, beside the key and the timestamp).");
    public static readonly TableError PropertyNameTooLong = new(400, "PropertyNameTooLong", "The property name exceeds the maximum allowed length (255).");
    public static readonly TableError PropertyNameInvalid = new(400, "PropertyNameInvalid", "The property name is invalid.");
    public static readonly TableError PropertyValueTooLarge = new(400, "PropertyValueTooLarge", "The property value exceeds the maximum allowed size (64KB). If the property value is a string, it is UTF-16 encoded and the maximum number of characters should be 32K or less.");
    public static readonly TableError KeyValueTooLarge = new(400, "KeyValueTooLarge", "The key property exceeds the maximum allowed size (1,024 characters).");
    public static readonly TableError InvalidResourceName = new(400, "InvalidResourceName", "The specified resource name contains invalid characters.");
    public static readonly TableError ResourceNameOutOfRange = new(400, "OutOfRangeInput", "The specified resource name length is not within the permissible limits.");
    public static readonly TableError RequestBodyTooLarge = new(413, "RequestBodyTooLarge", "The request body is too large and exceeds the maximum permissible limit.");
    public static readonly TableError TooManyActions = new(400, "InvalidInput", "The batch request operation exceeds the maximum 100 changes per change set.");
    public static readonly TableError DifferentPartitions = new(400, "CommandsInBatchActOnDifferentPartitions", "All commands in a batch must operate on same entity group.");
    public static readonly TableError DuplicateRow = new(400, "InvalidDuplicateRow", "The batch request contains multiple changes with same row key. An entity can appear only once in a batch request.");

    public static readonly TableError PropertiesNeedValue = new(400, "PropertiesNeedValue", "The values are not specified for all properties in the entity: PartitionKey and RowKey are needed.");
    public static readonly TableError MissingIfMatch = new(400, "MissingRequiredHeader", "An HTTP header that is mandatory for this request is not specified: If-Match.");
    public static readonly TableError NoAuthentication = new(401, "NoAuthenticationInformation", "The request has no Authorization header; sign it with the account's key (SharedKey or SharedKeyLite).");
    public static readonly TableError AtomNotSupported = new(415, "AtomFormatNotSupported", "Atom is not supported; ask for and send application/json.");
    public static readonly TableError Closing = new(503, "ServerBusy", "The service is closing.");

    public static TableError AuthenticationFailed(string reason) => new(403, "AuthenticationFailed", $"Server failed to authenticate the request. {reason}");

    public static TableError InvalidUri(string reason) => new(400, "InvalidUri", $"The requested URI does not represent any resource on the server. {reason}");

    public static TableError NotImplemented(string reason) => new(501, "NotImplemented", $"The requested operation is not implemented on the specified resource. {reason}");

    public static TableError VerbNotSupported(string verb) => new(405, "UnsupportedHttpVerb", $"The resource doesn't support the HTTP verb {verb}.");

    public static TableError DuplicateProperty(string name) => new(400, "DuplicatePropertiesSpecified", $"The property '{name}' is given twice.");

    public static TableError OutOfRange(string name) => new(400, "OutOfRangeInput", $"The '{name}' parameter is out of range.");

    public static TableError InvalidInput(string reason) => new(400, "InvalidInput", $"One of the request inputs is not valid. {reason}");

    /// <summary>The refusal of a whole transaction because of one of its actions, in the form of the service: the index stands before the text. Null: no single one is to blame.</summary>
    public TableError AtAction(int? index) => index is null ? this : this with { Message = $"{index}:{Message}", Action = index };
}
