using FluentValidation;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Accounts;
using LlamaGate.Application.Accounts.Contracts;
using LlamaGate.Application.Admin;
using LlamaGate.Application.Behaviours;
using LlamaGate.Application.Caching;
using LlamaGate.Application.Conversations;
using LlamaGate.Application.Dialects.ChatCompletions;
using LlamaGate.Application.Dialects.ChatCompletions.Contracts;
using LlamaGate.Application.Dialects.Completions;
using LlamaGate.Application.Dialects.Completions.Contracts;
using LlamaGate.Application.Dialects.Messages;
using LlamaGate.Application.Dialects.Messages.Contracts;
using LlamaGate.Application.Dialects.Responses;
using LlamaGate.Application.Dialects.Responses.Contracts;
using LlamaGate.Application.Embeddings;
using LlamaGate.Application.Health;
using LlamaGate.Application.Health.Contracts;
using LlamaGate.Application.Mapping;
using LlamaGate.Application.Models;
using LlamaGate.Application.Models.Contracts;
using LlamaGate.Application.Native;
using LlamaGate.Application.Scheduling;
using LlamaGate.Application.Scheduling.Contracts;
using LlamaGate.Application.Telemetry;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LlamaGate.Application;

public static class DependencyInjection
{
    /// <summary>The use cases. Needs the ports in <see cref="Abstractions"/> from the infrastructure.</summary>
    /// <param name="aliases">Further names of models.</param>
    /// <param name="options">What the operator sets for models.</param>
    public static IServiceCollection AddApplication(this IServiceCollection services, ModelAliases aliases, ModelOptions options)
    {
        // MediatR 5 finds its handlers through this delegate.
        services.AddScoped<ServiceFactory>(provider => provider.GetService!);
        // Transient, like everything without state: a scope tracks the objects it holds, which costs more than a small object.
        services.AddTransient<IMediator, Mediator>();
        services.AddSingleton(aliases);
        services.AddSingleton(options);
        services.AddSingleton(HostSharing.Off);
        services.AddSingleton<TolerantCache>();
        services.AddUsage();
        services.AddSingleton<GatheringBudget>();
        services.AddSingleton<RunningConversations>();
        // Transient, so that each request has the aliases and options of its own time.
        services.AddTransient<DomainMapper>();
        services.AddSingleton<EmbeddingModels>();
        services.AddMapper();

        services.AddConversation<CreateChatCompletionCommand, ChatCompletionRequest, ChatCompletionRequestValidator>();
        services.AddConversation<CreateCompletionCommand, CreateCompletionRequest, CreateCompletionRequestValidator>();
        services.AddConversation<CreateResponseCommand, CreateResponseRequest, CreateResponseRequestValidator>();
        services.AddConversation<CreateMessageCommand, CreateMessageRequest, CreateMessageRequestValidator>();
        services.AddSingleton<IValidator<CountTokensRequest>, CountTokensRequestValidator>();
        services.AddCommand<CountMessageTokensCommand, CountTokensRequest, MessageTokenCount, CountMessageTokensHandler>();
        services.AddSingleton<IWarmUp, ChatCompletionWarmUp>();
        services.AddTelemetry();
        services.AddEmbeddings();
        services.AddNative();
        services.AddAdmin();
        services.AddQuery<GetResponseQuery, ResponseObject, GetResponseHandler>();
        services.AddQuery<DeleteResponseQuery, DeletedResponse, DeleteResponseHandler>();
        services.AddQuery<CancelResponseQuery, ResponseObject, CancelResponseHandler>();
        services.AddQuery<ListResponseInputQuery, ResponseItemList, ListResponseInputHandler>();
        services.AddQuery<ListModelsQuery, ModelList, ListModelsHandler>();
        services.AddQuery<GetModelQuery, ModelObject, GetModelHandler>();
        services.AddQuery<ListAnthropicModelsQuery, AnthropicModelList, ListAnthropicModelsHandler>();
        services.AddQuery<GetAnthropicModelQuery, AnthropicModel, GetAnthropicModelHandler>();
        services.AddQuery<ListQueueQuery, QueuedCallList, ListQueueHandler>();
        services.AddQuery<GetUsageQuery, UsageReport, GetUsageHandler>();
        services.AddQuery<GetHealthQuery, HealthReport, GetHealthHandler>();
        return services;
    }

    // The pipelines: behaviours run in the order of registration, the handler last. Each is registered for specific
    // requests, so that nothing is resolved for a request that does not use it.

    /// <summary>
    /// Wraps upstream calls: a quota is checked first, calls to shared hosts wait for their slots, and each call that is sent is measured.
    /// Call it after the infrastructure is registered.
    /// </summary>
    public static IServiceCollection AddScheduling(this IServiceCollection services)
    {
        var sends = services.Last(service => service.ServiceType == typeof(IUpstreamCalls)).ImplementationFactory
            ?? throw new InvalidOperationException("IUpstreamCalls is not registered by a factory.");
        return services.Replace(ServiceDescriptor.Singleton(provider =>
        {
            var (meter, spans) = (provider.GetRequiredService<UsageMeter>(), provider.GetRequiredService<CallSpans>());
            var sharing = provider.GetRequiredService<HostSharing>();
            var metered = new MeteredCalls(new TracedCalls((IUpstreamCalls)sends(provider), spans), meter, sharing.OnlyHost);
            IUpstreamCalls scheduled = sharing.IsOn
                ? new ScheduledCalls(
                    metered,
                    new MeteredHosts(new TracedHostCalls(provider.GetRequiredService<IHostCalls>(), spans), meter),
                    new TracedScheduler(provider.GetRequiredService<IScheduler>(), spans))
                : metered;
            return (IUpstreamCalls)new QuotaCalls(scheduled, provider.GetRequiredService<QuotaBook>());
        }));
    }

    /// <summary>Metrics and spans. Without a listener they do nothing.</summary>
    private static void AddTelemetry(this IServiceCollection services)
    {
        services.AddSingleton(_ => new TelemetryScope());
        services.AddSingleton<TelemetryLabels>();
        services.AddSingleton<CallSpans>();
        services.AddSingleton<RequestMetrics>();
        services.AddSingleton<IUsageSink, UsageMetrics>();
        services.AddSingleton<IHostEvents, HostMetrics>();
        services.AddSingleton(provider => new HostGauges(
            provider.GetRequiredService<TelemetryScope>(), provider.GetRequiredService<TelemetryLabels>(), provider.GetRequiredService<IHostFigures>(),
            provider.GetService<IQuotaUse>(), provider.GetService<IUsageStore>(),
            provider.GetService<ICluster>()));
    }

    private static void AddConversation<TCommand, TBody, TValidator>(this IServiceCollection services)
        where TCommand : IRequest<ConversationStream>, IConversationCommand, IValidatedRequest<TBody>, IUsesModel
        where TValidator : class, IValidator<TBody>
    {
        services.AddSingleton<IValidator<TBody>, TValidator>();
        services.AddTransient<IPipelineBehavior<TCommand, ConversationStream>, LoggingBehaviour<TCommand, ConversationStream>>();
        services.AddTransient<
            IPipelineBehavior<TCommand, ConversationStream>, ValidationBehaviour<TCommand, ConversationStream, TBody>>();
        services.AddTransient<
            IPipelineBehavior<TCommand, ConversationStream>, ModelAccessBehaviour<TCommand, ConversationStream>>();
        services.AddTransient<IPipelineBehavior<TCommand, ConversationStream>, ConversationCachingBehaviour<TCommand>>();
        services.AddTransient<IRequestHandler<TCommand, ConversationStream>, ConversationHandler<TCommand>>();
    }

    private static void AddCommand<TCommand, TBody, TResponse, THandler>(this IServiceCollection services)
        where TCommand : IRequest<TResponse>, IValidatedRequest<TBody>, IUsesModel
        where THandler : class, IRequestHandler<TCommand, TResponse>
    {
        services.AddTransient<IPipelineBehavior<TCommand, TResponse>, LoggingBehaviour<TCommand, TResponse>>();
        services.AddTransient<IPipelineBehavior<TCommand, TResponse>, ValidationBehaviour<TCommand, TResponse, TBody>>();
        services.AddTransient<IPipelineBehavior<TCommand, TResponse>, ModelAccessBehaviour<TCommand, TResponse>>();
        services.AddTransient<IRequestHandler<TCommand, TResponse>, THandler>();
    }

    private static void AddQuery<TRequest, TResponse, THandler>(this IServiceCollection services)
        where TRequest : IRequest<TResponse>
        where THandler : class, IRequestHandler<TRequest, TResponse>
    {
        services.AddTransient<IPipelineBehavior<TRequest, TResponse>, LoggingBehaviour<TRequest, TResponse>>();
        services.AddTransient<IRequestHandler<TRequest, TResponse>, THandler>();
    }
}
