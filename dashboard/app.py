"""What Streamlit runs for every look at the page."""

from dashboard.page import show_page

show_page()
