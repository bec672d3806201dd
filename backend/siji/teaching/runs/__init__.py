"""From a read syllabus to a published course: stages in rounds, each kept, each before a teacher who decides."""
