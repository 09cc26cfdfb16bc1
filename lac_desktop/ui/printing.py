# SPDX-License-Identifier: AGPL-3.0-or-later
"""Printing a document, or saving it as a PDF where there is no printer."""

from pathlib import Path

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget


def print_document(parent: QWidget, document: QTextDocument) -> bool:
    """Ask for a printer and print; False where it was cancelled."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setDocName("LAC Desktop")  # the name shows in print queues
    if QPrintDialog(printer, parent).exec() != QPrintDialog.DialogCode.Accepted:
        return False
    document.print_(printer)
    return True


def save_pdf(document: QTextDocument, file: Path) -> None:
    """Write the document as an A4 PDF, whole or not at all."""
    temporary = file.with_name(f".{file.name}.part")
    writer = QPdfWriter(str(temporary))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(16, 16, 16, 16), QPageLayout.Unit.Millimeter)
    writer.setTitle("LAC Desktop")
    document.setPageSize(QSizeF())
    document.print_(writer)
    del writer
    temporary.replace(file)
