namespace Azure.AI.TextAnalytics;

/// <summary>Options of every analysis.</summary>
public class TextAnalyticsRequestOptions
{
    /// <summary>True: the service keeps no copy of the text for its own diagnosis.</summary>
    public bool? DisableServiceLogs { get; set; }

    /// <summary>Version of the model; the latest, when left out.</summary>
    public string? ModelVersion { get; set; }
}

/// <summary>Options of the search for personal data.</summary>
public class RecognizePiiEntitiesOptions : TextAnalyticsRequestOptions
{
    /// <summary>The kinds that are looked for; empty: those of the service's choice.</summary>
    public IList<PiiEntityCategory> CategoriesFilter { get; } = [];
}
