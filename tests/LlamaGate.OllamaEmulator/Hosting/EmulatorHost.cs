using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace LlamaGate.OllamaEmulator.Hosting;

/// <summary>Puts an emulator on Kestrel.</summary>
internal static class EmulatorHost
{
    /// <param name="emulator">What answers.</param>
    /// <param name="handleSignals">True for the executable; in a test process the signals belong to the test
    /// runner.</param>
    /// <param name="port">In place of the options' port, after a restart.</param>
    public static WebApplication Build(Emulator emulator, bool handleSignals, int? port = null)
    {
        // The empty builder reads no environment, no appsettings.json of the program around us, and logs nothing.
        var builder =
            WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().UseSockets(Unbuffered).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(
                AddressFor(emulator.Options.Host),
                port ?? emulator.Options.Port,
                listen => listen.Use(next => connection => ServeAsync(emulator, connection, next)));
        });
        if (!handleSignals)
        {
            builder.Services.AddSingleton<IHostLifetime, InProcessLifetime>();
        }

        var app = builder.Build();
        app.Run(new RequestHandler(emulator, app.Lifetime.ApplicationStopping).HandleAsync);
        return app;
    }

    public static Uri AddressOf(WebApplication app)
    {
        var features = app.Services.GetRequiredService<IServer>().Features;
        return new Uri(features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());
    }

    /// <summary>
    /// A write ends when the socket has taken the bytes: what comes before a reset or a pause is not lost in a buffer.
    /// </summary>
    private static void Unbuffered(SocketTransportOptions sockets) => sockets.MaxWriteBufferSize = 2;

    private static Task ServeAsync(Emulator emulator, ConnectionContext connection, ConnectionDelegate next)
    {
        if (!emulator.ResetsConnections)
        {
            return next(connection);
        }

        connection.Abort();
        return Task.CompletedTask;
    }

    private static IPAddress AddressFor(string host) => host switch
    {
        "localhost" => IPAddress.Loopback,
        "*" or "+" => IPAddress.Any,
        _ => IPAddress.Parse(host),
    };

    /// <summary>Installs no signal handler and waits for nothing.</summary>
    private sealed class InProcessLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
