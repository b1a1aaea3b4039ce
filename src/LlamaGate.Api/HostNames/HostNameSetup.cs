using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.HostNames;

internal static class HostNameSetup
{
    public static void UseHostNames(this WebApplication app)
    {
        if (HostNameMiddleware.IsNeeded(app.Services.GetRequiredService<GatewaySettings>()))
        {
            app.UseMiddleware<HostNameMiddleware>();
        }
    }
}
