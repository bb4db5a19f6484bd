using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.Serialization;
using Azure.Data.Tables;

namespace CityBrain.Embedded.Tables.Entities;

/// <summary>
/// Codec of a class or record: its public instance properties and fields, except <c>[IgnoreDataMember]</c> ones, under the name of their
/// <c>[DataMember]</c>. Enums are stored as their names. Accessors are compiled once.
/// </summary>
internal sealed class ModelCodec : EntityCodec
{
    private readonly Type _type;
    private readonly Lazy<Func<ITableEntity>> _create;
    private readonly Action<ITableEntity, PropertyWriter> _write;
    private readonly Dictionary<string, Action<ITableEntity, EdmValue>> _setters = new(StringComparer.Ordinal);
    private readonly int _members;

    public ModelCodec(Type type)
    {
        _type = type;
        _create = new(() => Expression.Lambda<Func<ITableEntity>>(Expression.New(type)).Compile());
        var members = Members(type).ToList();
        _members = members.Count;
        _write = CompileWriter(members.FindAll(member => member.CanRead));
        foreach (var member in members.FindAll(member => member.CanWrite))
        {
            _setters[member.Name] = CompileSetter(member);
        }
    }

    public override List<EdmProperty> Write(ITableEntity entity)
    {
        var writer = new PropertyWriter(_members);
        _write(entity, writer);
        return writer.Properties;
    }

    public override ITableEntity Read(EntityRecord record)
    {
        var entity = _create.Value();
        ReadSystemProperties(record, entity);
        foreach (var property in record.Properties)
        {
            if (_setters.TryGetValue(property.Name, out var set))
            {
                set(entity, property.Value);
            }
        }

        return entity;
    }

    /// <summary>Name under which a member is stored.</summary>
    internal static string StoredName(MemberInfo member) => member.GetCustomAttribute<DataMemberAttribute>()?.Name ?? member.Name;

    private static IEnumerable<Member> Members(Type type)
    {
        foreach (var member in type.GetMembers(BindingFlags.Public | BindingFlags.Instance))
        {
            var name = StoredName(member);
            if (member.IsDefined(typeof(IgnoreDataMemberAttribute)) || IsSystemProperty(name))
            {
                continue;
            }

            switch (member)
            {
                case PropertyInfo property when property.GetIndexParameters().Length == 0:
                    yield return new(name, member, property.PropertyType, property.CanRead, property.CanWrite);
                    break;
                case FieldInfo field:
                    yield return new(name, member, field.FieldType, true, !field.IsInitOnly);
                    break;
            }
        }
    }

    private Action<ITableEntity, PropertyWriter> CompileWriter(List<Member> members)
    {
        var entity = Expression.Parameter(typeof(ITableEntity));
        var writer = Expression.Parameter(typeof(PropertyWriter));
        var model = Expression.Variable(_type);
        List<Expression> body = [Expression.Assign(model, Expression.Convert(entity, _type))];
        foreach (var member in members)
        {
            body.Add(WriteCall(writer, member, Expression.MakeMemberAccess(model, member.Info)));
        }

        return Expression.Lambda<Action<ITableEntity, PropertyWriter>>(Expression.Block([model], body), entity, writer).Compile();
    }

    private MethodCallExpression WriteCall(Expression writer, Member member, Expression value)
    {
        var name = Expression.Constant(member.Name);
        if (member.CoreType.IsEnum)
        {
            var boxed = Expression.Convert(value, typeof(object));
            var text = Expression.Condition(
                Expression.ReferenceEqual(boxed, Expression.Constant(null)), Expression.Constant(null, typeof(string)), Expression.Call(boxed, nameof(ToString), null));
            return Expression.Call(writer, nameof(PropertyWriter.Add), null, name, text);
        }

        var stored = member.CoreType.IsValueType ? typeof(Nullable<>).MakeGenericType(member.CoreType) : member.CoreType;
        var add = typeof(PropertyWriter).GetMethod(nameof(PropertyWriter.Add), [typeof(string), stored])
            ?? throw new NotSupportedException($"{_type.Name}.{member.Info.Name} is a {member.Type}, which the Table service cannot store; mark it [IgnoreDataMember] or store it as a string.");
        return Expression.Call(writer, add, name, Expression.Convert(value, stored));
    }

    private Action<ITableEntity, EdmValue> CompileSetter(Member member)
    {
        var entity = Expression.Parameter(typeof(ITableEntity));
        var value = Expression.Parameter(typeof(EdmValue));
        var core = member.CoreType.IsEnum
            ? Expression.Call(typeof(Enum), nameof(Enum.Parse), [member.CoreType], Expression.Call(value, nameof(EdmValue.AsString), null))
            : Expression.Call(value, Reader(member), null);
        var target = Expression.MakeMemberAccess(Expression.Convert(entity, _type), member.Info);
        return Expression.Lambda<Action<ITableEntity, EdmValue>>(Expression.Assign(target, Expression.Convert(core, member.Type)), entity, value).Compile();
    }

    private string Reader(Member member) => Type.GetTypeCode(member.CoreType) switch
    {
        TypeCode.String => nameof(EdmValue.AsString),
        TypeCode.Boolean => nameof(EdmValue.AsBoolean),
        TypeCode.Int32 => nameof(EdmValue.AsInt32),
        TypeCode.Int64 => nameof(EdmValue.AsInt64),
        TypeCode.Double => nameof(EdmValue.AsDouble),
        TypeCode.DateTime => nameof(EdmValue.AsDateTime),
        _ when member.CoreType == typeof(DateTimeOffset) => nameof(EdmValue.AsDateTimeOffset),
        _ when member.CoreType == typeof(Guid) => nameof(EdmValue.AsGuid),
        _ when member.CoreType == typeof(byte[]) => nameof(EdmValue.AsBinary),
        _ when member.CoreType == typeof(BinaryData) => nameof(EdmValue.AsBinaryData),
        _ => throw new NotSupportedException($"{_type.Name}.{member.Info.Name} is a {member.Type}, which the Table service cannot store."),
    };

    private sealed record Member(string Name, MemberInfo Info, Type Type, bool CanRead, bool CanWrite)
    {
        public Type CoreType { get; } = Nullable.GetUnderlyingType(Type) ?? Type;
    }
}
