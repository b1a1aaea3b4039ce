using System.Text.Json.Serialization;

namespace LlamaGate.Application.Admin.Contracts;

/// <summary>Source-generated writing of the administration's contracts.</summary>
[JsonSerializable(typeof(AdminStatus))]
[JsonSerializable(typeof(AdminKeyList))]
[JsonSerializable(typeof(AdminDone))]
public sealed partial class AdminJsonContext : JsonSerializerContext;
