using System.Text.Json;
using System.Text.Json.Serialization;

namespace LlamaGate.Api.Configuration.Hosts;

/// <summary>Source-generated writing of HOSTS_FILE's rules in the form of MODEL_OPTIONS.</summary>
[JsonSerializable(typeof(Dictionary<string, IReadOnlyDictionary<string, JsonElement>>))]
internal sealed partial class HostsFileJsonContext : JsonSerializerContext;
