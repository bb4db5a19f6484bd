using CityBrain.Embedded.Tables.Entities;

namespace CityBrain.Embedded.Tables.Filters;

/// <summary>
/// Grammar, weakest first: <c>or</c>, <c>and</c>, <c>not</c>, then a comparison, a boolean property, a boolean literal or a parenthesis.
/// Operators are lower case, names are compared with case, as in the service.
/// </summary>
internal sealed class FilterParser
{
    private const int DeepestNesting = 200;

    // The service documents 15. More than that works there and here, but a chain without end would end the stack of whoever walks it.
    private const int MostComparisons = 500;

    private readonly FilterLexer _lexer;
    private FilterToken _token;
    private int _depth;
    private int _comparisons;

    public FilterParser(string text)
    {
        _lexer = new(text);
        _token = _lexer.Next();
    }

    public Filter Parse()
    {
        var filter = Or();
        return _token.Kind == FilterTokenKind.End ? filter : throw Unexpected("the end");
    }

    private Filter Or()
    {
        var left = And();
        while (TakeWord("or"))
        {
            left = new OrFilter(left, And());
        }

        return left;
    }

    private Filter And()
    {
        var left = Unary();
        while (TakeWord("and"))
        {
            left = new AndFilter(left, Unary());
        }

        return left;
    }

    private Filter Unary()
    {
        if (++_depth > DeepestNesting)
        {
            throw FilterLexer.Malformed(_token.Position, $"more than {DeepestNesting} levels deep");
        }

        var filter = TakeWord("not") ? new NotFilter(Unary()) : Primary();
        _depth--;
        return filter;
    }

    private Filter Primary()
    {
        if (_token.Kind == FilterTokenKind.Open)
        {
            Take();
            var inner = Or();
            _ = _token.Kind == FilterTokenKind.Close ? Take() : throw Unexpected("')'");
            return inner;
        }

        if (++_comparisons > MostComparisons)
        {
            throw FilterLexer.Malformed(_token.Position, $"more than {MostComparisons} comparisons");
        }

        var left = Operand();
        if (Operator() is not { } comparison)
        {
            return (left.Kind, left.Literal.Type) switch
            {
                (FilterTokenKind.Word, _) => new ComparisonFilter(left.Word, ComparisonOperator.Equal, EdmValue.Of(true)),
                (_, EdmType.Boolean) => new ConstantFilter(left.Literal.AsBoolean()),
                _ => throw Unexpected("a comparison"),
            };
        }

        var right = Operand();
        return (left.Kind, right.Kind) switch
        {
            (FilterTokenKind.Word, FilterTokenKind.Literal) => new ComparisonFilter(left.Word, comparison, right.Literal),
            (FilterTokenKind.Literal, FilterTokenKind.Word) => new ComparisonFilter(right.Word, Flip(comparison), left.Literal),
            _ => throw FilterLexer.Malformed(right.Position, "a comparison needs one property and one literal"),
        };
    }

    private FilterToken Operand() => _token.Kind is FilterTokenKind.Word or FilterTokenKind.Literal ? Take() : throw Unexpected("a property or a literal");

    private ComparisonOperator? Operator()
    {
        ComparisonOperator? comparison = _token.Kind != FilterTokenKind.Word ? null : _token.Word switch
        {
            "eq" => ComparisonOperator.Equal,
            "ne" => ComparisonOperator.NotEqual,
            "gt" => ComparisonOperator.Greater,
            "ge" => ComparisonOperator.GreaterOrEqual,
            "lt" => ComparisonOperator.Less,
            "le" => ComparisonOperator.LessOrEqual,
            _ => null,
        };
        if (comparison is not null)
        {
            Take();
        }

        return comparison;
    }

    private static ComparisonOperator Flip(ComparisonOperator comparison) => comparison switch
    {
        ComparisonOperator.Greater => ComparisonOperator.Less,
        ComparisonOperator.GreaterOrEqual => ComparisonOperator.LessOrEqual,
        ComparisonOperator.Less => ComparisonOperator.Greater,
        ComparisonOperator.LessOrEqual => ComparisonOperator.GreaterOrEqual,
        var same => same,
    };

    private bool TakeWord(string word)
    {
        if (_token.Kind != FilterTokenKind.Word || _token.Word != word)
        {
            return false;
        }

        Take();
        return true;
    }

    private FilterToken Take()
    {
        var taken = _token;
        _token = _lexer.Next();
        return taken;
    }

    private FormatException Unexpected(string wanted) => FilterLexer.Malformed(_token.Position, $"expected {wanted}");
}
