using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.Mvc;

/// <summary>A controller that is only there in some modes of NATIVE_API.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ServedAttribute(params NativeApi[] modes) : Attribute
{
    public bool IsServed(GatewaySettings settings) => modes.Contains(settings.NativeApi);
}
