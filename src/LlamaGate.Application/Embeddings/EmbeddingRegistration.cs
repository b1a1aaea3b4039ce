using FluentValidation;
using LlamaGate.Application.Behaviours;
using LlamaGate.Application.Caching;
using LlamaGate.Application.Embeddings.Contracts;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace LlamaGate.Application.Embeddings;

internal static class EmbeddingRegistration
{
    /// <summary>The pipeline: behaviours run in the order of registration, the handler last.</summary>
    public static void AddEmbeddings(this IServiceCollection services)
    {
        services.AddSingleton<SharedTasks<EmbeddingAnswer>>();
        services.AddSingleton<IValidator<CreateEmbeddingRequest>, CreateEmbeddingRequestValidator>();
        services.AddTransient<
            IPipelineBehavior<CreateEmbeddingsCommand, EmbeddingAnswer>,
            LoggingBehaviour<CreateEmbeddingsCommand, EmbeddingAnswer>>();
        services.AddTransient<
            IPipelineBehavior<CreateEmbeddingsCommand, EmbeddingAnswer>,
            ValidationBehaviour<CreateEmbeddingsCommand, EmbeddingAnswer, CreateEmbeddingRequest>>();
        services.AddTransient<
            IPipelineBehavior<CreateEmbeddingsCommand, EmbeddingAnswer>,
            ModelAccessBehaviour<CreateEmbeddingsCommand, EmbeddingAnswer>>();
        services.AddTransient<IPipelineBehavior<CreateEmbeddingsCommand, EmbeddingAnswer>, EmbeddingCachingBehaviour>();
        services.AddTransient<IRequestHandler<CreateEmbeddingsCommand, EmbeddingAnswer>, CreateEmbeddingsHandler>();
    }
}
