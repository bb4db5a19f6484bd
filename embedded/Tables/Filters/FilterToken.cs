using CityBrain.Embedded.Tables.Entities;

namespace CityBrain.Embedded.Tables.Filters;

internal enum FilterTokenKind
{
    End,
    Open,
    Close,
    Word,
    Literal,
}

/// <summary>A word (operator or property name), a literal, or a parenthesis, with its place in the text.</summary>
internal readonly record struct FilterToken(FilterTokenKind Kind, int Position, string Word = "", EdmValue Literal = default);
