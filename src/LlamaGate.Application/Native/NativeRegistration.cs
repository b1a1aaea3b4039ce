using FluentValidation;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Behaviours;
using LlamaGate.Application.Native.Contracts;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace LlamaGate.Application.Native;

internal static class NativeRegistration
{
    /// <summary>The pipelines: behaviours are called in the order in which they stand here, the handler last. There is no cache.</summary>
    public static void AddNative(this IServiceCollection services)
    {
        services.AddSingleton<IValidator<NativeBody>, NativeBodyValidator>();
        services.AddSingleton<IValidator<NativeBlob>, NativeBlobValidator>();
        services.AddCommand<CallNativeCommand, INativeAnswer, NativeBody, CallNativeHandler>();
        services.AddCommand<PullNativeModelCommand, Unit, NativeBody, PullNativeModelHandler>();
        services.AddCommand<CallBlobCommand, INativeAnswer, NativeBlob, CallBlobHandler>();
        services.AddTransient<IPipelineBehavior<ReadNativeQuery, INativeAnswer>, LoggingBehaviour<ReadNativeQuery, INativeAnswer>>();
        services.AddTransient<IRequestHandler<ReadNativeQuery, INativeAnswer>, ReadNativeHandler>();
    }

    private static void AddCommand<TCommand, TResponse, TBody, THandler>(this IServiceCollection services)
        where TCommand : IRequest<TResponse>, IValidatedRequest<TBody>
        where THandler : class, IRequestHandler<TCommand, TResponse>
    {
        services.AddTransient<IPipelineBehavior<TCommand, TResponse>, LoggingBehaviour<TCommand, TResponse>>();
        services.AddTransient<IPipelineBehavior<TCommand, TResponse>, ValidationBehaviour<TCommand, TResponse, TBody>>();
        services.AddTransient<IRequestHandler<TCommand, TResponse>, THandler>();
    }
}
