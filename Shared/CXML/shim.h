#pragma once
#include <libxml/xmlversion.h>
// libxml2's own headers would pull in ICU's, which contradict those that Foundation carries. Nothing here uses them.
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/xmlreader.h>
#include <libxml/xmlschemas.h>
