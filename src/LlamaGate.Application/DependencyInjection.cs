using FluentValidation;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Behaviours;
using LlamaGate.Application.Caching;
using LlamaGate.Application.Chat;
using LlamaGate.Application.Chat.Contracts;
using LlamaGate.Application.Completions;
using LlamaGate.Application.Completions.Contracts;
using LlamaGate.Application.Embeddings;
using LlamaGate.Application.Embeddings.Contracts;
using LlamaGate.Application.Health;
using LlamaGate.Application.Health.Contracts;
using LlamaGate.Application.Mapping;
using LlamaGate.Application.Models;
using LlamaGate.Application.Models.Contracts;
using LlamaGate.Application.Responses;
using LlamaGate.Application.Responses.Contracts;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace LlamaGate.Application;

public static class DependencyInjection
{
    /// <summary>The use cases. Needs the ports in <see cref="Abstractions"/> from the infrastructure.</summary>
    /// <param name="aliases">Further names of models.</param>
    public static IServiceCollection AddApplication(this IServiceCollection services, ModelAliases aliases)
    {
        // MediatR 5 finds its handlers through this delegate.
        services.AddScoped<ServiceFactory>(provider => provider.GetService!);
        // Transient, as all that has no state of its own: a scope keeps a record of what it holds, which costs more than a small object.
        services.AddTransient<IMediator, Mediator>();
        services.AddScoped<ExchangeFacts>();
        services.AddSingleton(aliases);
        services.AddSingleton(typeof(SingleFlight<>));
        services.AddSingleton<TolerantCache>();
        services.AddMapper();

        services.AddSingleton<IValidator<ChatCompletionRequest>, ChatCompletionRequestValidator>();
        services.AddTransient<ChatQuestionFactory>();
        services.AddSingleton<IWarmUp, ChatWarmUp>();
        services.AddAnswer<CreateChatCompletionCommand, ChatCompletion, ChatCompletionRequest, CreateChatCompletionHandler>();
        services.AddStream<
            StreamChatCompletionCommand, ChatCompletionChunk, ChatCompletion, ChatCompletionRequest, StreamChatCompletionHandler>();
        services.AddSingleton<IValidator<CreateCompletionRequest>, CreateCompletionRequestValidator>();
        services.AddAnswer<CreateCompletionCommand, Completion, CreateCompletionRequest, CreateCompletionHandler>();
        services.AddStream<StreamCompletionCommand, Completion, Completion, CreateCompletionRequest, StreamCompletionHandler>();
        services.AddSingleton<IValidator<CreateEmbeddingRequest>, CreateEmbeddingRequestValidator>();
        services.AddAnswer<CreateEmbeddingsCommand, CreateEmbeddingResponse, CreateEmbeddingRequest, CreateEmbeddingsHandler>();
        services.AddSingleton<IValidator<CreateResponseRequest>, CreateResponseRequestValidator>();
        services.AddTransient<ResponseQuestions>();
        services.AddAnswer<CreateResponseCommand, ResponseObject, CreateResponseRequest, CreateResponseHandler>();
        services.AddStream<StreamResponseCommand, ResponseStreamEvent, ResponseObject, CreateResponseRequest, StreamResponseHandler>();
        services.AddQuery<FindResponseQuery, ResponseObject, FindResponseHandler>();
        services.AddQuery<ListModelsQuery, ModelList, ListModelsHandler>();
        services.AddQuery<GetModelQuery, ModelObject, GetModelHandler>();
        services.AddQuery<GetHealthQuery, HealthReport, GetHealthHandler>();
        return services;
    }

    // The pipelines: behaviours are called in the order in which they stand here, the handler last. They are registered for their
    // own request, so that nothing is resolved for a request that has no use for it.

    private static void AddAnswer<TRequest, TResponse, TBody, THandler>(this IServiceCollection services)
        where TRequest : IRequest<TResponse>, IValidatedRequest<TBody>, ICacheableRequest<TResponse>
        where TResponse : class
        where THandler : class, IRequestHandler<TRequest, TResponse>
    {
        services.AddTransient<IPipelineBehavior<TRequest, TResponse>, LoggingBehaviour<TRequest, TResponse>>();
        services.AddTransient<IPipelineBehavior<TRequest, TResponse>, ValidationBehaviour<TRequest, TResponse, TBody>>();
        services.AddTransient<IPipelineBehavior<TRequest, TResponse>, CachingBehaviour<TRequest, TResponse>>();
        services.AddTransient<IRequestHandler<TRequest, TResponse>, THandler>();
    }

    private static void AddStream<TRequest, TChunk, TAnswer, TBody, THandler>(this IServiceCollection services)
        where TRequest : IRequest<IAsyncEnumerable<TChunk>>, IValidatedRequest<TBody>, IReplayableRequest<TChunk, TAnswer>
        where TAnswer : class
        where THandler : class, IRequestHandler<TRequest, IAsyncEnumerable<TChunk>>
    {
        services.AddTransient<
            IPipelineBehavior<TRequest, IAsyncEnumerable<TChunk>>, StreamLoggingBehaviour<TRequest, TChunk>>();
        services.AddTransient<
            IPipelineBehavior<TRequest, IAsyncEnumerable<TChunk>>, ValidationBehaviour<TRequest, IAsyncEnumerable<TChunk>, TBody>>();
        services.AddTransient<
            IPipelineBehavior<TRequest, IAsyncEnumerable<TChunk>>, StreamCachingBehaviour<TRequest, TChunk, TAnswer>>();
        services.AddTransient<IRequestHandler<TRequest, IAsyncEnumerable<TChunk>>, THandler>();
    }

    private static void AddQuery<TRequest, TResponse, THandler>(this IServiceCollection services)
        where TRequest : IRequest<TResponse>
        where THandler : class, IRequestHandler<TRequest, TResponse>
    {
        services.AddTransient<IPipelineBehavior<TRequest, TResponse>, LoggingBehaviour<TRequest, TResponse>>();
        services.AddTransient<IRequestHandler<TRequest, TResponse>, THandler>();
    }
}
