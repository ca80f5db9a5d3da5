"""The web page: Gradio inside the FastAPI application."""
