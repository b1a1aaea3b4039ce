using System.Text.Json.Serialization.Metadata;
using LlamaGate.Application.Accounts.Contracts;
using LlamaGate.Application.Admin.Contracts;
using LlamaGate.Application.Dialects.ChatCompletions.Contracts;
using LlamaGate.Application.Dialects.Completions.Contracts;
using LlamaGate.Application.Dialects.Messages.Contracts;
using LlamaGate.Application.Dialects.Responses.Contracts;
using LlamaGate.Application.Embeddings.Contracts;
using LlamaGate.Application.Health.Contracts;
using LlamaGate.Application.Models.Contracts;
using LlamaGate.Application.Scheduling.Contracts;
using LlamaGate.Application.Serialization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Formatters;

namespace LlamaGate.Api.Json;

internal static class JsonRegistration
{
    /// <summary>How bodies are read and answers are written: with the contracts' options, source-generated, in no other format.</summary>
    public static void UseContracts(this MvcOptions mvc)
    {
        var options = ContractSerialization.CreateOptions();
        options.TypeInfoResolver = JsonTypeInfoResolver.Combine(
            ChatJsonContext.Default,
            CompletionsJsonContext.Default,
            EmbeddingsJsonContext.Default,
            ResponsesJsonContext.Default,
            MessagesJsonContext.Default,
            ModelsJsonContext.Default,
            SchedulingJsonContext.Default,
            AdminJsonContext.Default,
            UsageJsonContext.Default,
            HealthJsonContext.Default,
            ProbeJsonContext.Default);
        options.MakeReadOnly();
        mvc.InputFormatters.Clear();
        mvc.InputFormatters.Add(new ContractInputFormatter(options));
        mvc.OutputFormatters.Clear();
        var output = new SystemTextJsonOutputFormatter(options);
        output.SupportedMediaTypes.Clear();
        output.SupportedMediaTypes.Add("application/json");
        mvc.OutputFormatters.Add(output);
    }
}
