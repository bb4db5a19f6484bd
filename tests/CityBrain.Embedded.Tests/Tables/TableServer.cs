using Azure.Core.Pipeline;
using Azure.Data.Tables;
using CityBrain.Embedded.Storage;
using CityBrain.Embedded.Tables;
using CityBrain.Embedded.Tables.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace CityBrain.Embedded.Tests.Tables;

/// <summary>A Table service on a file of its own, with the official client: in memory by default, or on a loopback port.</summary>
public sealed class TableServer : IDisposable
{
    public const string AccountName = "city";
    public const string Key = "YSBrZXkgZm9yIHRlc3RzIG9ubHksIGxvbmcgZW5vdWdo";
    private static readonly TableAccount Account = new(AccountName, Key);

    private readonly bool _onLoopback;

    public TableServer(bool onLoopback = false, string? file = null)
    {
        _onLoopback = onLoopback;
        File = file ?? Path.Combine(Directory.CreateTempSubdirectory("citybrain-").FullName, "city.db");
        Open();
    }

    public string File { get; }

    public SqliteStore Store { get; private set; } = null!;

    public TableServiceClient Client { get; private set; } = null!;

    /// <summary>A plain HTTP client, to send what the official one never would.</summary>
    public HttpClient Http { get; private set; } = null!;

    public string ConnectionString => Account.ConnectionString(Http.BaseAddress!);

    private WebApplication? App { get; set; }

    /// <summary>Closes the service and opens it again on the same file, as after a restart.</summary>
    public TableServiceClient Reopen()
    {
        Close();
        Open();
        return Client;
    }

    public void Dispose()
    {
        Close();
        Directory.Delete(Path.GetDirectoryName(File)!, recursive: true);
    }

    private void Open()
    {
        Store = SqliteStore.Open(File);
        var endpoint = new TablesEndpoint(new TableService(Store), Account);
        Http = _onLoopback ? Listen(endpoint) : new HttpClient(new TablesHandler(endpoint)) { BaseAddress = new("http://localhost") };
        Client = new(ConnectionString, new TableClientOptions { Transport = new HttpClientTransport(Http), Retry = { MaxRetries = 0 } });
    }

    private HttpClient Listen(TablesEndpoint endpoint)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestLineSize = TablesEndpoint.LongestRequestLine);
        App = builder.Build();
        App.Run(endpoint.InvokeAsync);
        App.StartAsync().GetAwaiter().GetResult();
        return new() { BaseAddress = new(App.Urls.First()) };
    }

    private void Close()
    {
        Http.Dispose();
        App?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Store.Dispose();
    }
}
