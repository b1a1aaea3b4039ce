using System.Reflection;
using LlamaGate.Api.Accounts;
using LlamaGate.Api.Admin;
using LlamaGate.Api.Admin.Page;
using LlamaGate.Api.ChatCompletions;
using LlamaGate.Api.Completions;
using LlamaGate.Api.Embeddings;
using LlamaGate.Api.Health;
using LlamaGate.Api.Messages;
using LlamaGate.Api.Models;
using LlamaGate.Api.Native;
using LlamaGate.Api.Queue;
using LlamaGate.Api.Responses;
using Microsoft.AspNetCore.Mvc.ApplicationParts;

namespace LlamaGate.Api;

/// <summary>
/// The product's controllers, listed. MVC itself would load every type of every assembly to find them, which takes a tenth of the start.
/// </summary>
internal sealed class GatewayControllers : ApplicationPart, IApplicationPartTypeProvider
{
    public override string Name => "LlamaGate";

    public IEnumerable<TypeInfo> Types { get; } =
    [
        typeof(AdminAccountsController).GetTypeInfo(),
        typeof(AdminChangesController).GetTypeInfo(),
        typeof(AdminPageController).GetTypeInfo(),
        typeof(AdminStatusController).GetTypeInfo(),
        typeof(AnthropicModelsController).GetTypeInfo(),
        typeof(ChatCompletionsController).GetTypeInfo(),
        typeof(CompletionsController).GetTypeInfo(),
        typeof(EmbeddingsController).GetTypeInfo(),
        typeof(HealthController).GetTypeInfo(),
        typeof(LivenessController).GetTypeInfo(),
        typeof(MessagesController).GetTypeInfo(),
        typeof(ModelsController).GetTypeInfo(),
        typeof(NativeController).GetTypeInfo(),
        typeof(NativeModelsController).GetTypeInfo(),
        typeof(NativeOpenController).GetTypeInfo(),
        typeof(NativeReadOnlyController).GetTypeInfo(),
        typeof(QueueController).GetTypeInfo(),
        typeof(ReadinessController).GetTypeInfo(),
        typeof(ResponsesController).GetTypeInfo(),
        typeof(StoredResponsesController).GetTypeInfo(),
        typeof(UsageController).GetTypeInfo(),
    ];
}
