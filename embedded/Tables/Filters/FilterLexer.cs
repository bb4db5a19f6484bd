using System.Globalization;
using CityBrain.Embedded.Tables.Entities;

namespace CityBrain.Embedded.Tables.Filters;

/// <summary>Cuts a filter into tokens: OData 3 literals as the Table service documents them.</summary>
internal sealed class FilterLexer(string text)
{
    private int _position;

    public FilterToken Next()
    {
        while (_position < text.Length && char.IsWhiteSpace(text[_position]))
        {
            _position++;
        }

        var start = _position;
        if (start == text.Length)
        {
            return new(FilterTokenKind.End, start);
        }

        switch (text[start])
        {
            case '(':
                _position++;
                return new(FilterTokenKind.Open, start);
            case ')':
                _position++;
                return new(FilterTokenKind.Close, start);
            case '\'':
                return Literal(start, EdmValue.Of(Quoted()));
            case '-' or (>= '0' and <= '9'):
                return Literal(start, Number());
            case var first when char.IsLetter(first) || first == '_':
                return Word(start);
            case var other:
                throw Malformed(start, $"unexpected character '{other}'");
        }
    }

    internal static FormatException Malformed(int position, string what) => new($"The filter is malformed at position {position}: {what}.");

    private static FilterToken Literal(int start, EdmValue value) => new(FilterTokenKind.Literal, start, Literal: value);

    private FilterToken Word(int start)
    {
        while (_position < text.Length && (char.IsLetterOrDigit(text[_position]) || text[_position] == '_'))
        {
            _position++;
        }

        var word = text[start.._position];
        if (_position < text.Length && text[_position] == '\'')
        {
            return Literal(start, Typed(start, word));
        }

        return word switch
        {
            "true" => Literal(start, EdmValue.Of(true)),
            "false" => Literal(start, EdmValue.Of(false)),
            _ => new(FilterTokenKind.Word, start, word),
        };
    }

    private EdmValue Typed(int start, string prefix)
    {
        var value = Quoted();
        switch (prefix)
        {
            case "datetime" when DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant):
                return EdmValue.Of(instant);
            case "guid" when Guid.TryParse(value, out var guid):
                return EdmValue.Of(guid);
            case "X" or "x" or "binary":
                try
                {
                    return EdmValue.Of(Convert.FromHexString(value));
                }
                catch (FormatException)
                {
                    break;
                }
        }

        throw Malformed(start, $"{prefix}'{value}' is no literal");
    }

    /// <summary>Reads from the opening to the closing quote; a doubled quote is one quote.</summary>
    private string Quoted()
    {
        var start = _position++;
        var from = _position;
        while (true)
        {
            var quote = text.IndexOf('\'', _position);
            if (quote < 0)
            {
                throw Malformed(start, "the string has no end");
            }

            _position = quote + 1;
            if (_position == text.Length || text[_position] != '\'')
            {
                return text[from..quote].Replace("''", "'", StringComparison.Ordinal);
            }

            _position++;
        }
    }

    private EdmValue Number()
    {
        var start = _position++;
        while (_position < text.Length && (char.IsAsciiLetterOrDigit(text[_position]) || text[_position] == '.' || (text[_position] is '+' or '-' && text[_position - 1] is 'e' or 'E')))
        {
            _position++;
        }

        var number = text.AsSpan(start, _position - start);
        if (number[^1] is 'L' or 'l')
        {
            return long.TryParse(number[..^1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var big) ? EdmValue.Of(big) : throw Malformed(start, $"{number} is no Int64");
        }

        if (int.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var small))
        {
            return EdmValue.Of(small);
        }

        return double.TryParse(number, NumberStyles.Float & ~NumberStyles.AllowLeadingWhite & ~NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var real)
            ? EdmValue.Of(real)
            : throw Malformed(start, $"{number} is no number");
    }
}
