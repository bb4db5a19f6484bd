using CityBrain.Embedded.Tables.Entities;
using CityBrain.Embedded.Tables.Sqlite;

namespace CityBrain.Embedded.Tables;

/// <param name="Filter">OData filter; null for all.</param>
/// <param name="Top">Largest page, 1 to 1,000.</param>
/// <param name="Start">Row at which the page begins, as the page before told; null for the first page.</param>
internal sealed record EntityQuery(string? Filter, int Top, RowPosition? Start);

/// <param name="Entities">The entities of the page.</param>
/// <param name="Next">Where the next page begins; null when this is the last.</param>
internal sealed record EntityPage(IReadOnlyList<EntityRecord> Entities, RowPosition? Next);

/// <param name="Names">Names of tables, in order without case.</param>
/// <param name="Next">The name at which the next page begins; null when this is the last.</param>
internal sealed record TablePage(IReadOnlyList<string> Names, string? Next);
