namespace LlamaGate.Api;

internal static class Pipeline
{
    public static void UseGatewayPipeline(this WebApplication app)
    {
        app.UseRouting();
        app.MapControllers();
    }
}
