// No validator: the description is checked when it is built, and nothing leaves this server.
window.ui = SwaggerUIBundle({ url: "/openapi.yaml", dom_id: "#swagger-ui", deepLinking: true, validatorUrl: null });
