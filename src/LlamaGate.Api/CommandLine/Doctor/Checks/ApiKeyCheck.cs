using LlamaGate.Api.CommandLine.Doctor.Upstream;

namespace LlamaGate.Api.CommandLine.Doctor.Checks;

/// <summary>Does the running gateway accept the key from these settings, and refuse requests without one?</summary>
internal sealed class ApiKeyCheck : IDiagnosis
{
    private const int Unauthorized = 401;

    public string Name => "api-key";

    public TimeSpan Limit => TimeSpan.FromSeconds(20);

    public Needs Needs => Needs.Configuration | Needs.Gateway;

    public async Task<Finding> RunAsync(DiagnosisContext context, CancellationToken cancellationToken)
    {
        var probe = new GatewayProbe(context.GatewayHttp, context.Gateway, context.Clock);
        var key = context.Settings.ApiKey;
        var without = await probe.ListModelsAsync(key: null, cancellationToken);
        if (key.Length == 0 && without == Unauthorized && context.Settings.AuthenticationEnabled)
        {
            return new Finding(Severity.Ok, "The gateway requires a key. KEYS_FILE contains only hashes, so its keys could not be tried.");
        }

        var with = key.Length > 0 ? await probe.ListModelsAsync(key, cancellationToken) : without;
        return without is >= 200 and < 300 && key.Length == 0 && context.Settings.AuthenticationEnabled
            ? NotAsSetHere("KEYS_FILE")
            : Judge(key.Length > 0, with, without, isLocal: context.Gateway.IsLoopback);
    }

    /// <param name="with">Status with the key, if there is one.</param>
    /// <param name="without">Status without a key.</param>
    internal static Finding Judge(bool hasKey, int with, int without, bool isLocal) => (hasKey, with, without) switch
    {
        (true, Unauthorized, _) => new Finding(
            Severity.Error, "The gateway refuses this API_KEY (401).",
            "It was started with a key other than the one in the environment or .env here.",
            "Restart it, or run the doctor with the gateway's settings."),
        (true, _, Unauthorized) => new Finding(
            Severity.Ok, "The gateway accepts this API_KEY and refuses requests without a key."),
        (false, _, Unauthorized) => new Finding(
            Severity.Warning, "The gateway requires a key, and none is set here.",
            Advice: "Run the doctor with the gateway's API_KEY in the environment or .env."),
        (true, _, >= 200 and < 300) => NotAsSetHere("API_KEY"),
        (false, _, >= 200 and < 300) when isLocal => new Finding(
            Severity.Ok, "The gateway requires no key; the URL is local."),
        (false, _, >= 200 and < 300) => new Finding(
            Severity.Error, "The gateway answers over the network without a key.",
            "Anyone who can reach this URL can use the models.",
            "Set API_KEY (llamagate keygen --env generates one) and restart the gateway."),
        _ => new Finding(Severity.Warning, $"Unknown: the gateway answered {without} without the key and {with} with it."),
    };

    private static Finding NotAsSetHere(string variable) => new(
        Severity.Warning, $"The gateway requires no key, although {variable} is set here.",
        "It was started with other settings.", "Restart it, or run the doctor with the gateway's settings.");
}
