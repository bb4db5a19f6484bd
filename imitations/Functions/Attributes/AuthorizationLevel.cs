namespace Microsoft.Azure.Functions.Worker;

/// <summary>Which key an HTTP request must carry.</summary>
public enum AuthorizationLevel
{
    /// <summary>None.</summary>
    Anonymous,

    /// <summary>Reserved by the official enumeration; a function that asks for it is refused at start.</summary>
    User,

    /// <summary>A key of the function, a host key or the master key.</summary>
    Function,

    /// <summary>The master key, as far as functions of an app are concerned.</summary>
    System,

    /// <summary>The master key.</summary>
    Admin,
}
