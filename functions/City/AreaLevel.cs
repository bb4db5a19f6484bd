namespace CityBrain.City;

/// <summary>The five levels of city government 市、区县、街道、社区、网格, widest first.</summary>
public enum AreaLevel
{
    /// <summary>The whole city 市.</summary>
    City,

    /// <summary>District 区县.</summary>
    District,

    /// <summary>Street 街道, or township.</summary>
    Street,

    /// <summary>Community 社区.</summary>
    Community,

    /// <summary>Grid 网格: the smallest unit, walked by one grid worker.</summary>
    Grid,
}
