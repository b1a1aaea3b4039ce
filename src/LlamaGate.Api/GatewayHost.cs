using LlamaGate.Api.Configuration;

namespace LlamaGate.Api;

/// <summary>
/// Builds the whole gateway from its settings: for the process and, in the same way, for functional tests.
/// </summary>
internal static class GatewayHost
{
    /// <param name="settings">Checked settings; port 0 lets the system choose one.</param>
    /// <param name="configure">Last word on the services: tests replace TimeProvider, LogOutput, ports.</param>
    public static WebApplication Build(GatewaySettings settings, Action<WebApplicationBuilder>? configure = null)
    {
        // Empty: no appsettings.json, no ASPNETCORE_* variables, no developer pages. The settings say everything.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(GatewayHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production,
        });
        builder.AddApi(settings);
        configure?.Invoke(builder);
        var app = builder.Build();
        app.UseGatewayPipeline();
        return app;
    }
}
