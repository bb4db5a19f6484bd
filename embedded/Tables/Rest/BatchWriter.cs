using System.Globalization;
using CityBrain.Embedded.Tables.Entities;
using CityBrain.Embedded.Tables.Sqlite;
using Microsoft.AspNetCore.WebUtilities;

namespace CityBrain.Embedded.Tables.Rest;

/// <summary>
/// Writes the answer to a transaction. Clients look for exactly these words: the boundary of the change set begins with
/// "changesetresponse_" (JavaScript), content types have no quotes (.NET).
/// </summary>
internal readonly ref struct BatchWriter(PooledBuffer body, string id)
{
    private readonly PooledBuffer _body = body;
    private readonly string _id = id;

    public static string ContentType(string id) => "multipart/mixed; boundary=batchresponse_" + id;

    /// <summary>One part for each action.</summary>
    public void WriteDone(List<BatchAction> actions, ReadOnlySpan<long> stamps, EntityJsonWriter writer)
    {
        Begin();
        for (var i = 0; i < actions.Count; i++)
        {
            var write = actions[i].Write;
            var withEntity = write.Kind == WriteKind.Insert && !actions[i].WantsNoContent;
            BeginPart(withEntity ? 201 : 204);
            if (write.Kind == WriteKind.Insert)
            {
                var link = EntityLink.Of(actions[i].Table, write.PartitionKey, write.RowKey);
                _body.Append(withEntity ? "Preference-Applied: return-content\r\nLocation: "u8 : "Preference-Applied: return-no-content\r\nLocation: "u8);
                _body.Append(writer.Root);
                _body.Append("/"u8);
                _body.Append(link);
                _body.Append("\r\n"u8);
            }

            if (write.Kind != WriteKind.Delete)
            {
                _body.Append("ETag: "u8);
                _body.Append(EntityVersion.ETag(stamps[i]));
                _body.Append("\r\n"u8);
            }

            if (withEntity)
            {
                BeginJson();
                (writer with { Table = actions[i].Table }).WriteOne(_body, new EntityRecord(write.PartitionKey, write.RowKey, stamps[i], write.Properties), null);
            }

            _body.Append("\r\n\r\n"u8);
        }

        End();
    }

    /// <summary>One part alone, with the refusal.</summary>
    public void WriteRefused(TableError error)
    {
        Begin();
        BeginPart(error.Status);
        _body.Append("x-ms-error-code: "u8);
        _body.Append(error.Code);
        _body.Append("\r\n"u8);
        BeginJson();
        ErrorReply.WriteBody(_body, error);
        _body.Append("\r\n"u8);
        End();
    }

    private void Begin()
    {
        _body.Append("--batchresponse_"u8);
        _body.Append(_id);
        _body.Append("\r\nContent-Type: multipart/mixed; boundary=changesetresponse_"u8);
        _body.Append(_id);
        _body.Append("\r\n\r\n"u8);
    }

    private void BeginPart(int status)
    {
        _body.Append("--changesetresponse_"u8);
        _body.Append(_id);
        _body.Append("\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\nHTTP/1.1 "u8);
        _body.Append(status.ToString(CultureInfo.InvariantCulture));
        _body.Append(" "u8);
        _body.Append(ReasonPhrases.GetReasonPhrase(status));
        _body.Append("\r\n"u8);
    }

    private void BeginJson()
    {
        _body.Append("Content-Type: "u8);
        _body.Append(ErrorReply.ContentType);
        _body.Append("\r\n\r\n"u8);
    }

    private void End()
    {
        _body.Append("--changesetresponse_"u8);
        _body.Append(_id);
        _body.Append("--\r\n--batchresponse_"u8);
        _body.Append(_id);
        _body.Append("--\r\n"u8);
    }
}
